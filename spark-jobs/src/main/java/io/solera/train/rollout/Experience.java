package io.solera.train.rollout;

import io.solera.model.Sequence;

/**
 * What a learner learns from: a sequence, and what it is worth.
 *
 * @param shaped per reward of the job, after the diversity filter; NaN where missing
 */
public record Experience(Sequence sequence, double[] shaped) {}
