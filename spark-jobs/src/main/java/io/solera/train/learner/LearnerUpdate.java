package io.solera.train.learner;

import java.io.Serializable;
import java.util.Map;

/**
 * What a learner's step sends back to the driver. The learner's state itself stays in the work folder.
 *
 * @param advantages per objective, one per sample
 * @param gap between sampling and training
 * @param factors of the diversity filter, one per sample; empty without a filter
 */
public record LearnerUpdate(
        String learner,
        int step,
        Map<String, double[]> advantages,
        double[] factors,
        LogProbabilityGap gap,
        StepMetrics metrics)
        implements Serializable {}
