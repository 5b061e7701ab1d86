package io.solera.config;

import io.solera.checkpoint.FullParameters;
import io.solera.checkpoint.NetworkConfig;
import io.solera.checkpoint.Trainable;
import io.solera.config.yaml.ConfigException;
import io.solera.config.yaml.ConfigReader;
import io.solera.config.yaml.ConfigWriter;
import io.solera.problem.SettingException;
import io.solera.rl.AdamW;
import io.solera.rl.Setting;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Supervised fine-tuning: a policy learns the rows of a table by likelihood, texts or completions of prompts. The
 * settings of the optimiser start from those of TRL's SFTTrainer.
 *
 * @param model the policy to start from: {@code prior}, which ships with Solera, or a folder in the Hugging Face layout
 * @param table on any Hadoop file system, or {@code table:} and a name of a Spark catalog
 * @param separator between the cells of a table of CSV; absent: recognised from its header
 * @param encoding of a table of text; absent: recognised
 * @param text of an example, with {@code {column}} for what a column of the row holds; every token of it is learned
 * @param prompt what comes before a completion, in the same way; it is read and not learned
 * @param completion what is learned after a prompt, with the end token
 * @param messages the column of conversations, in place of prompt and completion: the last that the assistant says is
 *     learned. Without any of these keys the table's columns of these names are meant
 * @param chatDate the day that a chat template writes which asks for the date, as 2026-11-30
 * @param maxTokens of prompt and completion together, 0 for as many as the policy can read
 * @param truncationSide where the prompt is cut when both are longer; what does not fit then is left out
 * @param lora adapters that are trained next to the model, the same in all of the run; null: its parameters are trained
 * @param batchSize examples per step of the optimiser
 * @param microBatch examples per unit of work
 * @param warmupSteps over which the learning rate rises
 * @param decayShare the last part of the run, over which the learning rate falls to 0 along a line
 * @param gradientClip largest norm of a step's gradient, 0 for none
 * @param heldOutShare of the distinct prompts, or texts, which are never learned
 * @param stepsPerRound after which a round is committed, 0 for an epoch
 * @param keepRounds how many of the last rounds keep their policies; the one with the least held-out loss always does
 * @param partitions tasks that a step is spread over at most, 0 for one per core; no part of the result
 */
public record SftJob(
        String model,
        String table,
        @Nullable String separator,
        @Nullable String encoding,
        @Nullable String text,
        @Nullable String prompt,
        @Nullable String completion,
        @Nullable String messages,
        @Nullable String chatDate,
        int maxTokens,
        PromptSettings.Side truncationSide,
        @Nullable AdapterSettings lora,
        int epochs,
        int batchSize,
        int microBatch,
        double learningRate,
        int warmupSteps,
        double decayShare,
        double beta1,
        double beta2,
        double epsilon,
        double weightDecay,
        double gradientClip,
        double heldOutShare,
        int stepsPerRound,
        int keepRounds,
        long seed,
        int partitions)
        implements Serializable {
    private static final Set<String> NOT_IDENTITY = Set.of("keep-rounds", "partitions");

    public SftJob {
        TextKeys.require(separator, encoding);
        if (text != null && (prompt != null || completion != null)) {
            throw new SettingException("text", text, "must stand alone, without prompt and completion");
        }
        if (messages != null && (text != null || prompt != null || completion != null)) {
            throw new SettingException("messages", messages, "must stand alone, without text, prompt and completion");
        }
        Day.of("chat-date", chatDate);
        if (text != null) {
            new Template("text", text, "text");
        }
        if (prompt != null) {
            new Template("prompt", prompt, "prompt");
        }
        if (completion != null) {
            new Template("completion", completion, "completion");
        }
        if (maxTokens < 0) {
            throw new SettingException(
                    "max-tokens", maxTokens, "must be 0 for as many as the policy can read, or more");
        }
        Setting.atLeastOne("epochs", epochs);
        Setting.atLeastOne("batch-size", batchSize);
        Setting.atLeastOne("micro-batch", microBatch);
        Setting.above("learning-rate", learningRate, 0);
        Setting.atLeast("warmup-steps", warmupSteps, 0);
        Setting.fromZeroToOne("decay-share", decayShare);
        Setting.require(gradientClip >= 0, "gradient-clip", gradientClip, "must be 0 for none, or more");
        Setting.atLeastZeroBelowOne("held-out-share", heldOutShare);
        Setting.atLeastOne("keep-rounds", keepRounds);
        if (partitions < 0) {
            throw new SettingException("partitions", partitions, "must be 0 for one per core, or more");
        }
        if (stepsPerRound < 0) {
            throw new SettingException("steps-per-round", stepsPerRound, "must be 0 for an epoch, or more");
        }
        new AdamW.Settings(beta1, beta2, epsilon, weightDecay);
    }

    private static SftJob defaults() {
        return new SftJob(
                "prior",
                "",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                0,
                PromptSettings.Side.LEFT,
                null,
                3,
                8,
                8,
                2e-5,
                0,
                1,
                0.9,
                0.999,
                1e-8,
                0,
                1,
                0.05,
                0,
                2,
                1,
                0);
    }

    /** @throws ConfigException naming the key and its place */
    public static SftJob read(String yaml, List<String> overrides) {
        SftJob job = ConfigReader.read(yaml, defaults(), overrides);
        if (job.table().isBlank()) {
            throw new ConfigException("Missing key table (it has no default)");
        }
        if (job.prompt() == null ^ job.completion() == null) {
            throw new ConfigException("Missing key %s (%s goes with it)"
                    .formatted(
                            job.prompt() == null ? "prompt" : "completion",
                            job.prompt() == null ? "completion" : "prompt"));
        }
        return job;
    }

    /**
     * Overrides that name what is learned, where the job does not: the columns that TRL reads.
     *
     * @param columns of the table
     * @throws ConfigException where there are none
     */
    public List<String> namedBy(List<String> columns) {
        if (text != null || completion != null || messages != null) {
            return List.of();
        }
        if (columns.contains("messages")) {
            return List.of("messages=messages");
        }
        if (columns.contains("prompt") && columns.contains("completion")) {
            return List.of("prompt='{prompt}'", "completion='{completion}'");
        }
        if (columns.contains("text")) {
            return List.of("text='{text}'");
        }
        throw new ConfigException(
                ("Missing key text, or both of prompt and completion, or messages (%s has none of these"
                                + " columns that they could mean; its columns are %s)")
                        .formatted(table, String.join(", ", columns)));
    }

    /** The column that a template is nothing else than. */
    public static Optional<String> columnOf(@Nullable String template) {
        return template == null ? Optional.empty() : new Template(template).column();
    }

    /** {@link #chatDate} as a day. */
    public @Nullable LocalDate day() {
        return Day.of("chat-date", chatDate);
    }

    /** The columns that its templates name. */
    public Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>();
        for (String template : new String[] {text, prompt, completion}) {
            if (template != null) {
                columns.addAll(new Template(template).columns());
            }
        }
        return columns;
    }

    /** Whether a row has none of the columns that hold what is learned. */
    public boolean lacks(Map<String, String> row) {
        Set<String> learned = new Template(text != null ? text : String.valueOf(completion)).columns();
        return learned.stream().noneMatch(row::containsKey);
    }

    /** The prompt of a row; null where there are only texts. */
    public @Nullable String promptOf(Map<String, String> row) {
        return prompt == null ? null : new Template(prompt).text(row);
    }

    /** What is learned of a row. */
    public String learnedOf(Map<String, String> row) {
        return new Template(text != null ? text : String.valueOf(completion)).text(row);
    }

    /** What of a model is trained. */
    public Trainable trainable(NetworkConfig network) {
        return lora == null ? new FullParameters() : lora.of(network);
    }

    public AdamW.Settings adam() {
        return new AdamW.Settings(beta1, beta2, epsilon, weightDecay);
    }

    /** The resolved job as YAML. */
    public String yaml() {
        return ConfigWriter.write(this);
    }

    /** What of the job decides on its result: two jobs of the same identity end in the same bytes. */
    public String identity() {
        return ConfigWriter.write(this, NOT_IDENTITY);
    }
}
