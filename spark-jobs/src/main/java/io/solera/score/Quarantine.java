package io.solera.score;

import io.solera.reward.Status;
import io.solera.table.Tables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The failed rows, once per reward that failed: the reward, the reason, and the original row. Valid rows that are not
 * applicable to a reward are not included.
 */
final class Quarantine {
    static final String REWARD = "quarantine_reward";
    static final String REASON = "quarantine_reason";
    private static final Object[] REASONS = {Status.INVALID_INPUT.text(), Status.TIMED_OUT.text(), Status.FAILED.text()
    };

    private Quarantine() {}

    /** @param ordered whether scored rows end with their row number in the table, which is kept */
    static Dataset<Row> of(Dataset<Row> scored, boolean ordered, ScoreInput input) {
        Column[] problems = input.rewards().stream()
                .map(reward -> functions.struct(
                        functions.lit(reward.name()).as(REWARD),
                        scored.col(Tables.quoted(reward.status())).as(REASON)))
                .toArray(Column[]::new);
        List<Column> kept = new ArrayList<>(
                List.of(functions.col("solera_problem." + REWARD), functions.col("solera_problem." + REASON)));
        Arrays.stream(input.table().columns())
                .map(name -> functions.col(Tables.quoted(name)))
                .forEach(kept::add);
        if (ordered) {
            kept.add(functions.col(ScoredRows.ORDER));
        }
        return scored.withColumn("solera_problem", functions.explode(functions.array(problems)))
                .filter(functions.col("solera_problem." + REASON).isin(REASONS))
                .select(kept.toArray(Column[]::new));
    }
}
