package io.solera.train.rollout;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns of a table of samples: the only place that names them. */
public final class SampleColumns {
    /** The file of a round that keeps the samples that it was measured on. */
    public static final String EVALUATION = "evaluation.parquet";

    /** The status of a reward that the stage does not train on, and that is not asked. */
    public static final String NOT_IN_STAGE = "not-in-stage";

    /** What the diversity filter multiplied the shaped rewards with before the learner saw them. */
    public static final String FILTER_FACTOR = "filter_factor";

    public static final String ROUND = "round";
    public static final String LEARNER = "learner";
    public static final String STEP = "step";
    public static final String SAMPLE_ID = "sample_id";
    public static final String TEXT = "text";
    /** Where the sample's prompt stands among those of the run. */
    static final String PROMPT_ID = "prompt_id";

    /** What the sample completes; null where there are no prompts. */
    public static final String PROMPT = "prompt";
    /** What the network read before the sample: the begin token, where it has one, and the prompt. */
    public static final String PROMPT_TOKENS = "prompt_tokens";

    public static final String TOKENS = "tokens";
    public static final String LOG_PROBABILITIES = "log_probabilities";
    public static final String ENDED = "ended";
    static final String SECONDS = "generation_seconds";

    static final StructType ROLLOUT = new StructType(new StructField[] {
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
        field(SECONDS, DataTypes.FloatType)
    });

    private SampleColumns() {}

    /** The raw value of a reward, in its unit; null where it is missing. */
    public static String raw(String reward) {
        return reward;
    }

    /** The same on [0, 1], higher is better. */
    public static String shaped(String reward) {
        return reward + "_shaped";
    }

    /** {@code ok}, or why the value is missing. */
    public static String status(String reward) {
        return reward + "_status";
    }

    /** The mean of the advantages that the sample's tokens had, for learners that train on the reward; else null. */
    static String advantage(String objective) {
        return objective + "_advantage";
    }

    /** What scoring the sample took, an equal share of its batch's time. */
    public static String seconds(String reward) {
        return reward + "_seconds";
    }

    /** How near a sample is to what the reward was made from; null where that cannot be told. */
    public static String domain(String reward) {
        return reward + "_domain";
    }

    /** One number from all shaped rewards of a sample; null where one of them is missing. */
    public static String aggregate(String name) {
        return "aggregate_" + name;
    }

    /** The columns of an evaluation's samples. */
    public static StructType evaluated(List<String> rewards, List<String> domains, List<String> aggregates) {
        List<StructField> fields = new ArrayList<>(List.of(
                field(SAMPLE_ID, DataTypes.LongType),
                DataTypes.createStructField(PROMPT, DataTypes.StringType, true),
                field(TEXT, DataTypes.StringType)));
        for (String reward : rewards) {
            fields.add(optional(raw(reward)));
            fields.add(optional(shaped(reward)));
            fields.add(field(status(reward), DataTypes.StringType));
        }
        domains.forEach(reward -> fields.add(optional(domain(reward))));
        aggregates.forEach(name -> fields.add(optional(aggregate(name))));
        return new StructType(fields.toArray(StructField[]::new));
    }

    /** A rollout's columns and those of its scores. */
    static StructType scored(List<String> rewards) {
        List<StructField> fields = new ArrayList<>(List.of(ROLLOUT.fields()));
        for (String reward : rewards) {
            fields.add(optional(raw(reward)));
            fields.add(optional(shaped(reward)));
            fields.add(field(status(reward), DataTypes.StringType));
            fields.add(field(seconds(reward), DataTypes.FloatType));
        }
        return new StructType(fields.toArray(StructField[]::new));
    }

    /** Those, one advantage per objective, and the factor of a diversity filter. */
    public static StructType trained(List<String> rewards, List<String> objectives, boolean filtered) {
        StructType schema = scored(rewards);
        for (String objective : objectives) {
            schema = schema.add(optional(advantage(objective)));
        }
        return filtered ? schema.add(optional(FILTER_FACTOR)) : schema;
    }

    private static StructField field(String name, org.apache.spark.sql.types.DataType type) {
        return DataTypes.createStructField(name, type, false);
    }

    private static StructField optional(String name) {
        return DataTypes.createStructField(name, DataTypes.DoubleType, true);
    }
}
