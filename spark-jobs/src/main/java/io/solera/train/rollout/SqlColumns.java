package io.solera.train.rollout;

import io.solera.config.RewardField;
import io.solera.config.RunName;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The columns that rewards of SQL may read, and their cells for a sample: those of the sample, those of the job's
 * rewards, and those of the prompts' table as text. A column of the table that is called like another is not among
 * them.
 *
 * @param rewards all of the job
 * @param table columns of the prompts' table
 */
record SqlColumns(List<String> rewards, List<String> table) implements Serializable {
    /** The columns of a reward that others may read. */
    private static final List<RewardField> FIELDS = List.of(RewardField.RAW, RewardField.SHAPED, RewardField.STATUS);

    SqlColumns(List<String> rewards, List<String> table) {
        this.rewards = List.copyOf(rewards);
        Set<String> taken = new TreeSet<>();
        for (String name : ofSamples(this.rewards).fieldNames()) {
            taken.add(name.toLowerCase(Locale.ROOT));
        }
        this.table = table.stream()
                .filter(column -> taken.add(column.toLowerCase(Locale.ROOT)))
                .toList();
    }

    StructType schema() {
        StructType schema = ofSamples(rewards);
        for (String column : table) {
            schema = schema.add(column, DataTypes.StringType);
        }
        return schema;
    }

    private static StructType ofSamples(List<String> rewards) {
        DataType ids = DataTypes.createArrayType(DataTypes.IntegerType, false);
        StructType schema = new StructType()
                .add(SampleColumns.TEXT, DataTypes.StringType)
                .add(SampleColumns.PROMPT, DataTypes.StringType)
                .add(RunName.N_TOKENS.text(), DataTypes.IntegerType)
                .add(RunName.N_PROMPT_TOKENS.text(), DataTypes.IntegerType)
                .add(SampleColumns.TOKENS, ids)
                .add(SampleColumns.PROMPT_TOKENS, ids)
                .add(SampleColumns.ENDED, DataTypes.BooleanType);
        for (String reward : rewards) {
            for (RewardField field : FIELDS) {
                schema = schema.add(
                        field.of(reward), field == RewardField.STATUS ? DataTypes.StringType : DataTypes.DoubleType);
            }
        }
        return schema;
    }

    /** The rewards of whose columns there is one among these names. */
    List<String> rewardsOf(Set<String> names) {
        return rewards.stream()
                .filter(reward ->
                        FIELDS.stream().anyMatch(field -> names.stream().anyMatch(field.of(reward)::equalsIgnoreCase)))
                .toList();
    }

    /** The columns of the prompts' table among these names. */
    List<String> tableOf(Set<String> names) {
        return table.stream()
                .filter(column -> names.stream().anyMatch(column::equalsIgnoreCase))
                .toList();
    }

    /** @param scored what the rewards that are scored already say of the sample, by name */
    @Nullable
    Object[] cells(DrawnSample sample, Map<String, RewardColumns> scored) {
        List<@Nullable Object> cells = new ArrayList<>();
        int[] prompt = sample.prompt().tokens();
        cells.add(sample.text());
        cells.add(sample.prompt().text());
        cells.add(sample.tokens().length);
        cells.add(prompt.length);
        cells.add(sample.tokens());
        cells.add(prompt);
        cells.add(sample.ended());
        for (String reward : rewards) {
            RewardColumns of = scored.get(reward);
            cells.add(of == null ? null : RewardColumns.orNull(of.raw()));
            cells.add(of == null ? null : RewardColumns.orNull(of.shaped()));
            cells.add(of == null ? null : of.status());
        }
        table.forEach(column -> cells.add(sample.prompt().columns().get(column)));
        return cells.toArray();
    }
}
