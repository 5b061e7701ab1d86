package io.solera.train.history;

/** What the parts of a learner's step took, by all tasks together. */
public record StepTimes(double generationSeconds, double scoringSeconds, double updateSeconds) {}
