package io.solera.train.rollout;

/**
 * What {@code prompts.json} of a round says of the prompts of its run.
 *
 * @param truncated how many were too long
 * @param sha256 of all of them
 */
public record PromptCounts(int training, int heldOut, int truncated, String sha256) {}
