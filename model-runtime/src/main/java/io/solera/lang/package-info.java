/**
 * What the JDK lacks and every module needs in the same form: a text's excerpt, the nearest known name, an enum's word, a
 * SHA-256. Texts, enums and bytes go in, texts come out. Imports the JDK alone, and every package may import it.
 */
@NullMarked
package io.solera.lang;

import org.jspecify.annotations.NullMarked;
