/**
 * A learner: what it learns from, what it is between steps and rounds, and where that is stored. Imports rollout, rl
 * and checkpoint.
 */
@NullMarked
package io.solera.train.learner;

import org.jspecify.annotations.NullMarked;
