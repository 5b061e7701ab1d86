/**
 * The mathematics of policy optimisation, of blending and of the measures, in plain Java. Losses return
 * c[b][t] = dL/dlog pi of token t of sample b, and the engine turns c into a gradient. Throughout, a score of NaN is a missing
 * one: it enters no mean or deviation, and its sample keeps its place in the batch.
 */
@NullMarked
package io.solera.rl;

import org.jspecify.annotations.NullMarked;
