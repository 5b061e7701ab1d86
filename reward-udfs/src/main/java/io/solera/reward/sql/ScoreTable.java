package io.solera.reward.sql;

import io.solera.problem.RequestException;
import io.solera.reward.catalogue.RewardCall;
import io.solera.reward.catalogue.RewardCalls;
import io.solera.reward.catalogue.RewardCatalogue;
import io.solera.reward.catalogue.RewardEntry;
import io.solera.reward.sql.compat.Plans;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.FunctionTableSubqueryArgumentExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * The table function {@code solera_score(TABLE(SELECT ...), 'smiles', 'qed,activity(model=gsk3)')}: the rows of a table
 * with the value and status of each reward. Rewards get many rows at a time, as networks need.
 */
final class ScoreTable {
    static final String NAME = "solera_score";

    private ScoreTable() {}

    /** @throws IllegalArgumentException if the table has no such column, or the catalogue no such reward */
    static LogicalPlan of(List<Expression> arguments) {
        if (arguments.size() != 3 || !(arguments.get(0) instanceof FunctionTableSubqueryArgumentExpression table)) {
            throw new RequestException(
                    ("Invalid call: %s needs a table, the column of the texts and the rewards, as in %s(TABLE(t), "
                                    + "'smiles', 'qed,sa')")
                            .formatted(NAME, NAME));
        }
        List<String> constants = Constants.of(NAME, arguments, 1);
        SparkSession session = SparkSession.active();
        Dataset<Row> rows = Plans.table(session, table.plan());
        return Plans.plan(
                scored(rows, constants.get(0), RewardCalls.parse(constants.get(1)), HadoopSettings.of(session)));
    }

    private static Dataset<Row> scored(
            Dataset<Row> rows, String column, Map<String, RewardCall> rewards, HadoopSettings settings) {
        StructType schema = rows.schema();
        int text = place(schema, column);
        List<RowScores.Column> columns = new ArrayList<>();
        for (Map.Entry<String, RewardCall> reward : rewards.entrySet()) {
            RewardCall call = reward.getValue();
            RewardEntry entry = RewardCatalogue.entry(call.name());
            LoadedRewards.of(call, settings);
            String other = entry.pairs() ? call.arguments().getOrDefault(RewardEntry.REFERENCE_COLUMN, "") : "";
            columns.add(new RowScores.Column(call, other.isEmpty() ? -1 : place(rows.schema(), other)));
            schema = add(schema, reward.getKey());
        }
        return rows.mapPartitions(new RowScores(text, columns, settings), Encoders.row(schema));
    }

    private static StructType add(StructType schema, String name) {
        for (String added : new String[] {name, name + "_status"}) {
            if (Arrays.stream(schema.fieldNames()).anyMatch(added::equalsIgnoreCase)) {
                throw new RequestException(
                        "Cannot score the table: it has a column %s already (leave it out of the SELECT, or rename it)"
                                .formatted(added));
            }
        }
        return schema.add(name, DataTypes.DoubleType, true).add(name + "_status", DataTypes.StringType, false);
    }

    /** Index of a column of texts; its name is not case-sensitive, as elsewhere in SQL. */
    private static int place(StructType schema, String column) {
        for (int i = 0; i < schema.size(); i++) {
            if (schema.fieldNames()[i].equalsIgnoreCase(column)) {
                if (!(schema.fields()[i].dataType() instanceof StringType)) {
                    throw new RequestException(
                            "Cannot score the table: column %s does not contain text (its type is %s)"
                                    .formatted(
                                            column,
                                            schema.fields()[i].dataType().simpleString()));
                }
                return i;
            }
        }
        throw new RequestException("Cannot score the table: it has no column %s (its columns are %s)"
                .formatted(column, String.join(", ", schema.fieldNames())));
    }
}
