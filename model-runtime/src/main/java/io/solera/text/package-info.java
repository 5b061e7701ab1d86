/**
 * Tokenizers. Strings go in, token ids come out, and back. Imports the JDK, and Hugging Face's tokenizers for a {@code
 * tokenizer.json} that is not a plain vocabulary.
 */
@NullMarked
package io.solera.text;

import org.jspecify.annotations.NullMarked;
