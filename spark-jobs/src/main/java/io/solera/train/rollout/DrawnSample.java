package io.solera.train.rollout;

import org.jspecify.annotations.Nullable;

/**
 * A sample as rewards are given it.
 *
 * @param text that rewards read
 * @param prompt that it completes
 * @param tokens of the completion, the end token included where it ended
 * @param ended whether the policy ended it, and it was not cut
 */
public record DrawnSample(@Nullable String text, Prompt prompt, int[] tokens, boolean ended) {}
