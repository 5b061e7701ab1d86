package io.solera.model;

import java.io.Serializable;

/**
 * One sampled sequence: the new token ids, including the end token if it was drawn, and the log-probability of each
 * under the tempered, untruncated distribution.
 */
public record Completion(int[] tokens, float[] logProbabilities, boolean ended) implements Serializable {}
