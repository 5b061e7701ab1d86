/**
 * The training loop. Experts train on a reward each, their updates are blended, and a round is committed; the loop is
 * the paper's Algorithm 1, and Spark runs the steps. Imports its rooms, rl.blend and store; of ours only likelihood,
 * report, bench and jobs import it.
 */
@NullMarked
package io.solera.train;

import org.jspecify.annotations.NullMarked;
