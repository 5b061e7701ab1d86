package io.solera.jobs;

import io.solera.checkpoint.Policy;
import io.solera.config.PromptSettings;
import io.solera.config.TrainJob;
import io.solera.rl.RandomKey;
import io.solera.table.TableName;
import io.solera.table.TextOptions;
import io.solera.train.Prompts;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/** The prompts of a job from their table, with the columns that its rewards compare samples with. */
final class PromptTable {
    private PromptTable() {}

    /** @throws IllegalArgumentException naming a column that the table lacks */
    static Prompts read(SparkSession spark, TrainJob job, Policy policy) throws IOException {
        PromptSettings settings = job.prompts();
        int most = policy.config().positions() - 1;
        if (job.sampling().maxNewTokens() > most) {
            throw new IllegalArgumentException(
                    "Invalid sampling.max-new-tokens: %d (must be at most %d, what the policy can read)"
                            .formatted(job.sampling().maxNewTokens(), most));
        }
        if (settings == null) {
            return Prompts.none(policy.tokenizer().special());
        }
        Set<String> columns = new LinkedHashSet<>(settings.columns());
        job.rewards().forEach((name, reward) -> {
            String other = reward.other(name);
            if (other != null) {
                columns.add(other);
            }
        });
        int longest = policy.config().positions() - job.sampling().maxNewTokens();
        TableName name =
                new TableName(settings.table(), null, TextOptions.of(settings.separator(), settings.encoding()));
        return Prompts.of(
                settings,
                TableRows.read(spark, name, List.copyOf(columns)).stream()
                        .filter(row -> row.containsKey(settings.column()))
                        .toList(),
                policy.tokenizer(),
                longest,
                RandomKey.of(job.seed()));
    }
}
