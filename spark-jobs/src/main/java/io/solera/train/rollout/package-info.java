/**
 * Rollouts. A policy, prompts and rewards go in; samples come out as rows, with log-probabilities, raw and shaped
 * rewards, and why one is missing. Work is split by micro-batch. Imports model, reward.catalogue and store.
 */
@NullMarked
package io.solera.train.rollout;

import org.jspecify.annotations.NullMarked;
