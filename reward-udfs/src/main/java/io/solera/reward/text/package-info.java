/** Measures of natural language. */
@NullMarked
package io.solera.reward.text;

import org.jspecify.annotations.NullMarked;
