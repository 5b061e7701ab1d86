/**
 * Tokenizers from {@code tokenizer.json} and the files next to it. Their JSON goes in, checked part by part; a
 * tokenizer with its special tokens, or the reason why it is refused, comes out. Imports text and checkpoint.file.
 */
@NullMarked
package io.solera.checkpoint.tokenizer;

import org.jspecify.annotations.NullMarked;
