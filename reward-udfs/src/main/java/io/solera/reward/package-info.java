/** The reward contract and shaping. */
@NullMarked
package io.solera.reward;

import org.jspecify.annotations.NullMarked;
