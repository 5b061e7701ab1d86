package io.solera.train.rollout;

import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a policy completes.
 *
 * @param text as the policy is given it; null without prompts
 * @param tokens that the network reads, the begin token first where it has one
 * @param columns of its row that rewards compare with
 */
public record Prompt(@Nullable String text, int[] tokens, Map<String, String> columns) implements Serializable {}
