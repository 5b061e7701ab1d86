package io.solera.config;

import java.util.Locale;

/** Names that a run uses in its tables and files next to those of its rewards: a reward cannot have one of them. */
public enum RunName {
    ROUND(Use.SAMPLES),
    LEARNER(Use.SAMPLES),
    STEP(Use.SAMPLES),
    SAMPLE_ID(Use.SAMPLES),
    TEXT(Use.SAMPLES),
    PROMPT_ID(Use.SAMPLES),
    PROMPT(Use.SAMPLES),
    PROMPT_TOKENS(Use.SAMPLES),
    TOKENS(Use.SAMPLES),
    LOG_PROBABILITIES(Use.SAMPLES),
    ENDED(Use.SAMPLES),
    GENERATION_SECONDS(Use.SAMPLES),
    FILTER_FACTOR(Use.SAMPLES),

    N_TOKENS(Use.EXPRESSIONS),
    N_PROMPT_TOKENS(Use.EXPRESSIONS),

    SMILES(Use.BEST),
    FRONT(Use.BEST),
    GEOMETRIC_MEAN(Use.BEST),

    RUN(Use.EXPORT),
    RUN_FOLDER(Use.EXPORT),

    RANK(Use.SELECTION),
    PROTEIN(Use.SELECTION),
    DNA(Use.SELECTION),
    INCHIKEY(Use.SELECTION),
    SCAFFOLD(Use.SELECTION),
    IN_TRAINING_SET(Use.SELECTION),
    NEAREST_KNOWN(Use.SELECTION),
    NEAREST_KNOWN_SIMILARITY(Use.SELECTION),
    EXPERT(Use.SELECTION),

    /** The learner of {@link Method.Mode#LOSSES} and {@link Method.Mode#SCORE}. */
    POLICY(Use.LEARNER),
    /** The objective of {@link Method.Mode#SCORE}. */
    SCALARISED(Use.LEARNER),
    /** The learner that the samples of an evaluation name. */
    EVALUATION(Use.LEARNER),
    /** The outer step's velocity is stored next to the states of the learners. */
    VELOCITY(Use.STATE),

    LOSS(Use.STEP_METRICS),
    KL(Use.STEP_METRICS),
    KL_PER_SAMPLE(Use.STEP_METRICS),
    ENTROPY(Use.STEP_METRICS),
    CLIP_FRACTION(Use.STEP_METRICS),
    APPROXIMATE_KL(Use.STEP_METRICS),
    GRADIENT_NORM(Use.STEP_METRICS),
    /** The smallest cosine between the gradients of two rewards, where a rule combines them. */
    LOWEST_COSINE(Use.STEP_METRICS),
    /** The largest difference between a token's log-probability when it was drawn and when it was learned from. */
    LOG_PROBABILITY_GAP(Use.STEP_METRICS),
    LEARNING_RATE(Use.STEP_METRICS),
    VALUE_LOSS(Use.STEP_METRICS),
    EXPLAINED_VARIANCE(Use.STEP_METRICS),
    SAMPLES(Use.STEP_METRICS),
    LENGTH(Use.STEP_METRICS),
    /** {@link #LENGTH} where a reward has that name. */
    SAMPLE_LENGTH(Use.STEP_METRICS),
    VALIDITY(Use.STEP_METRICS),
    RESIDENT_MIB(Use.STEP_METRICS),
    SCORING_SECONDS(Use.STEP_METRICS),
    UPDATE_SECONDS(Use.STEP_METRICS),
    FILTER_PENALISED(Use.STEP_METRICS),
    FILTER_MOLECULES(Use.STEP_METRICS),
    FILTER_BUCKETS(Use.STEP_METRICS),
    FILTER_FULL_BUCKETS(Use.STEP_METRICS),
    REPLAYED(Use.STEP_METRICS),
    REPLAY_SIZE(Use.STEP_METRICS),

    STEPS(Use.ROUND_METRICS),
    BLEND(Use.ROUND_METRICS),
    STAGE(Use.ROUND_METRICS),
    EVALUATION_SECONDS(Use.ROUND_METRICS),
    WARNINGS(Use.ROUND_METRICS),
    STOPPED(Use.ROUND_METRICS),
    SECONDS(Use.ROUND_METRICS),
    SLOTS(Use.ROUND_METRICS),
    MEMORY(Use.ROUND_METRICS);

    private final Use use;

    RunName(Use use) {
        this.use = use;
    }

    /** As files have it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it is in a run, for a message. */
    String meaning() {
        return use.meaning;
    }

    private enum Use {
        SAMPLES("a column of every table of samples"),
        EXPRESSIONS("a column that SQL rewards read"),
        BEST("a column of the best samples"),
        EXPORT("a column of the tables that a run is exported to"),
        SELECTION("a column of what solera select writes"),
        LEARNER("a learner"),
        STATE("a file of the run's state"),
        STEP_METRICS("a number of every step in metrics.jsonl"),
        ROUND_METRICS("a key of every round in metrics.jsonl");

        private final String meaning;

        Use(String meaning) {
            this.meaning = meaning;
        }
    }
}
