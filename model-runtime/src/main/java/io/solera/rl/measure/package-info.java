/**
 * Metrics of samples and policies. Shaped rewards (in [0, 1], higher is better) go in; fronts, hypervolumes, means and
 * their intervals come out. Each class states its formula. Imports rl.
 */
@NullMarked
package io.solera.rl.measure;

import org.jspecify.annotations.NullMarked;
