/**
 * The mathematics of policy optimisation. Scores and log-probabilities go in; advantages, losses and their derivatives
 * c[b][t] = dL/dlog pi of token t of sample b come out, and the engine turns c into a gradient. A NaN score is a
 * missing score: it is left out of every mean and deviation, and its sample stays in the batch. Imports only the JDK,
 * and every formula is tested with worked numbers.
 */
@NullMarked
package io.solera.rl;

import org.jspecify.annotations.NullMarked;
