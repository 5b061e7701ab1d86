package io.solera.train.history;

import io.solera.config.RunName;

/** Which step a line of {@code metrics.jsonl} is of, next to its numbers. */
public final class StepKeys {
    public static final String LEARNER = RunName.LEARNER.text();
    public static final String STEP = RunName.STEP.text();
    static final String ROUND = RunName.ROUND.text();

    private StepKeys() {}
}
