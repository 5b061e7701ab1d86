package io.solera.jobs.input;

import io.solera.checkpoint.Policy;
import io.solera.checkpoint.tokenizer.ChatFormat;
import io.solera.config.PromptSettings;
import io.solera.config.TrainJob;
import io.solera.problem.RequestException;
import io.solera.rl.RandomKey;
import io.solera.table.TableName;
import io.solera.table.file.TextOptions;
import io.solera.train.rollout.Prompts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/** The prompts of a job from their table, with the columns that its rewards compare samples with. */
public final class PromptTable {
    private static final String MESSAGES = "messages";

    private PromptTable() {}

    /** The columns of the table of a job's prompts; none without prompts. */
    public static List<String> columns(SparkSession spark, TrainJob job) throws IOException {
        PromptSettings settings = job.prompts();
        return settings == null
                ? List.of()
                : TableRows.of(spark, name(settings)).columns();
    }

    /**
     * @param more columns that rewards read
     * @throws IllegalArgumentException naming a column that the table lacks
     */
    public static Prompts read(SparkSession spark, TrainJob job, Policy policy, Set<String> more) throws IOException {
        PromptSettings settings = job.prompts();
        int most = policy.config().contextLength() - 1;
        if (job.sampling().maxNewTokens() > most) {
            throw new RequestException(
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
        int longest = policy.config().contextLength() - job.sampling().maxNewTokens();
        columns.addAll(more);
        TableRows table = TableRows.of(spark, name(settings));
        boolean written = holdConversations(settings, table);
        List<Map<String, String>> rows = written
                ? written(settings, table, columns, job.model(), policy)
                : table.rows(columns, Set.of()).stream()
                        .filter(row -> row.containsKey(settings.column()))
                        .toList();
        return Prompts.of(settings, rows, written, policy.tokenizer(), longest, RandomKey.of(job.seed()));
    }

    private static TableName name(PromptSettings settings) {
        return new TableName(settings.table(), null, TextOptions.of(settings.separator(), settings.encoding()));
    }

    /** Whether prompts are lists of messages, or JSON of them in a column of texts that is called so. */
    private static boolean holdConversations(PromptSettings settings, TableRows table) {
        String column = settings.column();
        if (!table.has(column)
                || (!table.holdsLists(column) && !(column.equals(MESSAGES) && settings.template() == null))) {
            return false;
        }
        if (settings.template() != null) {
            throw new RequestException(
                    ("Invalid prompts.template: %s (must be absent: column %s holds lists of messages, which"
                                    + " the model's chat template writes)")
                            .formatted(settings.template(), column));
        }
        return true;
    }

    /** The rows with the prompt that the chat template writes in place of the conversation. */
    private static List<Map<String, String>> written(
            PromptSettings settings, TableRows table, Set<String> columns, String model, Policy policy)
            throws IOException {
        String tools = table.has(Chats.TOOLS) ? Chats.TOOLS : null;
        Chats chats = new Chats(settings.table(), settings.column(), null, tools);
        ChatFormat format = ChatFormat.of(policy.tokenizer(), model, settings.day());
        Set<String> read = new LinkedHashSet<>(columns);
        read.addAll(chats.columns());
        List<Map<String, String>> rows = table.rows(read, chats.columns());
        List<Map<String, String>> prompts = new ArrayList<>();
        for (int k = 0; k < rows.size(); k++) {
            Map<String, String> row = rows.get(k);
            chats.prompt(row, k, format).ifPresent(prompt -> {
                Map<String, String> with = new TreeMap<>(row);
                with.put(settings.column(), prompt);
                prompts.add(with);
            });
        }
        return prompts;
    }
}
