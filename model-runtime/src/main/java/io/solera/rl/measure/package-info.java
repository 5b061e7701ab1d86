/**
 * Measures of samples and policies. Shaped rewards, in [0, 1] and higher is better, go in; fronts, hypervolumes, means
 * and their intervals come out, with the formula in each class. Imports rl.
 */
@NullMarked
package io.solera.rl.measure;

import org.jspecify.annotations.NullMarked;
