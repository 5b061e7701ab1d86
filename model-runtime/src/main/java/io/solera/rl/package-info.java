/**
 * The mathematics of policy optimisation. Scores and log-probabilities go in; advantages, losses and their derivatives
 * c[b][t] = dL/dlog pi of token t of sample b come out, and the engine turns c into a gradient. A score of NaN is a
 * missing one: it enters no mean or deviation, and its sample keeps its place in the batch. Imports the JDK alone, so
 * every formula is tested by worked numbers.
 */
@NullMarked
package io.solera.rl;

import org.jspecify.annotations.NullMarked;
