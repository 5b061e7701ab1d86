package io.solera.config;

import io.solera.problem.SettingException;
import io.solera.rl.Setting;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The prompts that a policy completes: a row of a table each.
 *
 * @param table on any Hadoop file system, or of a Spark catalog, {@code catalog.db.table}
 * @param separator between the cells of a table of CSV; absent: recognised from its header
 * @param encoding of a table of text; absent: recognised
 * @param column that holds the prompts
 * @param template of a prompt, with {@code {column}} for what a column of the row holds; absent: the column as it is,
 *     or as the model's chat template writes it where it holds conversations
 * @param chatDate the day that a chat template writes which asks for the date, as 2026-11-30
 * @param maxTokens of a prompt, 0 for as many as the policy can read before its longest completion
 * @param truncationSide where a longer one is cut
 * @param samplesPerPrompt G: completions of the same prompt in a step
 * @param scored what rewards read
 * @param heldOutShare of the distinct prompts, which the policy is measured on and never trained on
 */
public record PromptSettings(
        String table,
        @Nullable String separator,
        @Nullable String encoding,
        String column,
        @Nullable String template,
        @Nullable String chatDate,
        int maxTokens,
        Side truncationSide,
        int samplesPerPrompt,
        Scored scored,
        double heldOutShare)
        implements Serializable {
    /** An end of a text. */
    public enum Side {
        LEFT,
        RIGHT;

        /** At most {@code most} tokens, without those at this end. */
        public int[] cut(int[] tokens, int most) {
            if (tokens.length <= most) {
                return tokens;
            }
            return this == LEFT
                    ? Arrays.copyOfRange(tokens, tokens.length - most, tokens.length)
                    : Arrays.copyOf(tokens, most);
        }
    }

    /** What is judged of a sample. */
    public enum Scored {
        COMPLETION,
        /** The prompt and its completion, as one text. */
        WHOLE
    }

    public PromptSettings {
        if (table.isBlank()) {
            throw new SettingException("table", "none", "must name a table of prompts");
        }
        TextKeys.require(separator, encoding);
        if (maxTokens < 0) {
            throw new SettingException("max-tokens", maxTokens, "must be 0 for as many as fit, or more");
        }
        Setting.atLeastOne("samples-per-prompt", samplesPerPrompt);
        if (!(heldOutShare > 0 && heldOutShare < 1)) {
            throw new SettingException("held-out-share", heldOutShare, "must be above 0 and below 1");
        }
        Day.of("chat-date", chatDate);
        if (template != null) {
            new Template("template", template, column);
        }
    }

    /** {@link #chatDate} as a day. */
    public @Nullable LocalDate day() {
        return Day.of("chat-date", chatDate);
    }

    static PromptSettings defaults() {
        return new PromptSettings("table", null, null, "prompt", null, null, 0, Side.LEFT, 4, Scored.COMPLETION, 0.1);
    }

    /** The columns that a prompt is made of. */
    public Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>(List.of(column));
        if (template != null) {
            columns.addAll(new Template("template", template, column).columns());
        }
        return columns;
    }

    /** The prompt of a row. */
    public String text(Map<String, String> row) {
        return template == null ? row.getOrDefault(column, "") : new Template("template", template, column).text(row);
    }
}
