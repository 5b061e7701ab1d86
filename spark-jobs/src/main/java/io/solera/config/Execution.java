package io.solera.config;

/** Where the steps of a round run; no part of the result. */
public enum Execution {
    /** Whichever keeps the cluster busy. */
    AUTO,
    /** Each step in stages: samples by micro-batch, then updates. */
    STAGED,
    /** A task per learner that runs all steps of the round. */
    FUSED
}
