/**
 * Small helpers that the JDK lacks and every module needs: excerpts of texts, the nearest known name, enum names,
 * SHA-256. Texts, enums and bytes go in; texts come out. Imports only the JDK; every package may import it.
 */
@NullMarked
package io.solera.lang;

import org.jspecify.annotations.NullMarked;
