package io.solera.train.history;

/** Keys of a round's metrics that are read back: in its manifest, and in {@code metrics.jsonl}. */
public final class RoundKeys {
    public static final String ROUND = "round";
    public static final String STEPS = "steps";
    public static final String STAGE = "stage";
    public static final String EVALUATION = "evaluation";
    public static final String SECONDS = "seconds";

    private RoundKeys() {}
}
