/**
 * The contract of rewards, and shaping. A batch of texts goes in; per text a value, or missing with a reason, comes
 * out; shaping maps values to [0, 1], higher is better. Imports the JDK alone.
 */
@NullMarked
package io.solera.reward;

import org.jspecify.annotations.NullMarked;
