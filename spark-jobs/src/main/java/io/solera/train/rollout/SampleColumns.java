package io.solera.train.rollout;

import io.solera.config.RewardField;
import io.solera.config.RewardNames;
import io.solera.config.RunName;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The tables of samples: their columns, of which those of a reward are in {@link RewardColumns}. */
public final class SampleColumns {
    /** The file of a round that keeps the samples that it was measured on. */
    public static final String EVALUATION = "evaluation.parquet";

    /** The status of a reward that the stage does not train on, and that is not asked. */
    public static final String NOT_IN_STAGE = "not-in-stage";

    /** What the diversity filter multiplied the shaped rewards with before the learner saw them. */
    public static final String FILTER_FACTOR = RunName.FILTER_FACTOR.text();

    public static final String ROUND = RunName.ROUND.text();
    public static final String LEARNER = RunName.LEARNER.text();
    public static final String STEP = RunName.STEP.text();
    public static final String SAMPLE_ID = RunName.SAMPLE_ID.text();
    public static final String TEXT = RunName.TEXT.text();
    /** The index of the sample's prompt among those of the run. */
    static final String PROMPT_ID = RunName.PROMPT_ID.text();

    /** What the sample completes; null without prompts. */
    public static final String PROMPT = RunName.PROMPT.text();
    /** What the network read before the sample: the begin token, where it has one, and the prompt. */
    public static final String PROMPT_TOKENS = RunName.PROMPT_TOKENS.text();

    public static final String TOKENS = RunName.TOKENS.text();
    public static final String LOG_PROBABILITIES = RunName.LOG_PROBABILITIES.text();
    public static final String ENDED = RunName.ENDED.text();
    static final String SECONDS = RunName.GENERATION_SECONDS.text();

    /** Those of a sample before it is scored, in the order of {@link ScoredSample#trained}. */
    private static final List<StructField> ROLLOUT = List.of(
            field(ROUND, DataTypes.IntegerType),
            field(LEARNER, DataTypes.StringType),
            field(STEP, DataTypes.IntegerType),
            field(SAMPLE_ID, DataTypes.LongType),
            field(TEXT, DataTypes.StringType),
            field(PROMPT_ID, DataTypes.IntegerType),
            DataTypes.createStructField(PROMPT, DataTypes.StringType, true),
            field(PROMPT_TOKENS, DataTypes.createArrayType(DataTypes.IntegerType, false)),
            field(TOKENS, DataTypes.createArrayType(DataTypes.IntegerType, false)),
            field(LOG_PROBABILITIES, DataTypes.createArrayType(DataTypes.FloatType, false)),
            field(ENDED, DataTypes.BooleanType),
            field(SECONDS, DataTypes.FloatType));

    private SampleColumns() {}

    /** One number from all shaped rewards of a sample; null where one of them is missing. */
    public static String aggregate(String name) {
        return RewardNames.aggregate(name);
    }

    /** The columns of an evaluation's samples. */
    public static StructType evaluated(List<String> rewards, List<String> domains, List<String> aggregates) {
        List<StructField> fields = new ArrayList<>(List.of(
                field(SAMPLE_ID, DataTypes.LongType),
                DataTypes.createStructField(PROMPT, DataTypes.StringType, true),
                field(TEXT, DataTypes.StringType)));
        rewards.forEach(reward -> fields.addAll(RewardColumns.evaluated(reward)));
        domains.forEach(reward -> fields.add(optional(RewardField.DOMAIN.of(reward))));
        aggregates.forEach(name -> fields.add(optional(aggregate(name))));
        return new StructType(fields.toArray(StructField[]::new));
    }

    /** The columns of a rollout, of its scores, one advantage per objective, and the factor of a diversity filter. */
    public static StructType trained(List<String> rewards, List<String> objectives, boolean filtered) {
        List<StructField> fields = new ArrayList<>(ROLLOUT);
        rewards.forEach(reward -> fields.addAll(RewardColumns.scored(reward)));
        objectives.forEach(objective -> fields.add(optional(RewardField.ADVANTAGE.of(objective))));
        if (filtered) {
            fields.add(optional(FILTER_FACTOR));
        }
        return new StructType(fields.toArray(StructField[]::new));
    }

    static StructField field(String name, DataType type) {
        return DataTypes.createStructField(name, type, false);
    }

    static StructField optional(String name) {
        return DataTypes.createStructField(name, DataTypes.DoubleType, true);
    }
}
