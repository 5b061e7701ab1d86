package io.solera.jobs;

import io.solera.checkpoint.Policy;
import io.solera.config.PromptSettings;
import io.solera.config.TrainJob;
import io.solera.rl.RandomKey;
import io.solera.score.TableName;
import io.solera.score.Tables;
import io.solera.train.Prompts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The prompts of a job from their table, with the columns that its rewards compare samples with. */
final class PromptTable {
    private PromptTable() {}

    /** @throws IllegalArgumentException naming a column that the table lacks */
    static Prompts read(SparkSession spark, TrainJob job, Policy policy) throws IOException {
        PromptSettings settings = job.prompts();
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
        return Prompts.of(
                settings,
                rows(spark, settings, List.copyOf(columns)),
                policy.tokenizer(),
                longest,
                RandomKey.of(job.seed()));
    }

    private static List<Map<String, String>> rows(SparkSession spark, PromptSettings settings, List<String> columns)
            throws IOException {
        Dataset<Row> table = Tables.read(spark, new TableName(settings.table(), null));
        List<String> there = Arrays.asList(table.columns());
        for (String column : columns) {
            if (!there.contains(column)) {
                throw new IllegalArgumentException("Cannot read prompts of %s: it has no column %s (its columns are %s)"
                        .formatted(settings.table(), column, String.join(", ", there)));
            }
        }
        Column[] texts = columns.stream()
                .map(column -> table.col(Tables.quoted(column)).cast("string"))
                .toArray(Column[]::new);
        List<Map<String, String>> rows = new ArrayList<>();
        for (Row row : table.select(texts).collectAsList()) {
            Map<String, String> cells = new TreeMap<>();
            for (int k = 0; k < columns.size(); k++) {
                if (!row.isNullAt(k)) {
                    cells.put(columns.get(k), row.getString(k));
                }
            }
            if (cells.containsKey(settings.column())) {
                rows.add(cells);
            }
        }
        return rows;
    }
}
