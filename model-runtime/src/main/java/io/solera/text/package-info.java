/** Tokenizers. */
@NullMarked
package io.solera.text;

import org.jspecify.annotations.NullMarked;
