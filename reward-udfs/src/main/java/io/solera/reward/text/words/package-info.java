/**
 * Texts in pieces: characters, tokens, words, syllables and n-grams. A text goes in, its pieces or their counts come
 * out. Imports reward, for parameter tables.
 */
@NullMarked
package io.solera.reward.text.words;

import org.jspecify.annotations.NullMarked;
