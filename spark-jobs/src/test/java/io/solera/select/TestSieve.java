package io.solera.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.config.RewardField;
import io.solera.rl.measure.Threshold;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class TestSieve {
    private final SparkSession spark = SparkSession.builder()
            .master("local[2]")
            .appName("test")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate();

    /** Rows of the rewards a and b, whose shaped values are their raw ones. */
    private Dataset<Row> samples(Double[]... values) {
        StructType schema = new StructType();
        for (String name : List.of("a", "b")) {
            schema = schema.add(RewardField.RAW.of(name), DataTypes.DoubleType)
                    .add(RewardField.SHAPED.of(name), DataTypes.DoubleType);
        }
        return spark.createDataFrame(
                List.of(values).stream()
                        .map(row -> RowFactory.create(row[0], row[0], row[1], row[1]))
                        .toList(),
                schema);
    }

    private static Sieve sieve(Threshold a, Threshold b) {
        Map<String, Threshold> thresholds = new LinkedHashMap<>();
        thresholds.put("a", a);
        thresholds.put("b", b);
        return new Sieve(thresholds);
    }

    private static Threshold atLeast(double value) {
        return new Threshold(value, Double.POSITIVE_INFINITY);
    }

    private static Threshold atMost(double value) {
        return new Threshold(Double.NEGATIVE_INFINITY, value);
    }

    @Test
    void whatIsMissingIsNotCountedAtThresholdsToo() {
        Dataset<Row> samples = samples(
                new Double[] {0.9, 3.0},
                new Double[] {0.1, 9.0},
                new Double[] {0.2, 3.0},
                new Double[] {null, 3.0},
                new Double[] {null, null});
        Sieve sieve = sieve(atLeast(0.5), atMost(4));

        assertThat(sieve.passed(samples).collectAsList()).hasSize(1);
        assertThat(sieve.counts(samples))
                .containsExactly(
                        "5 different texts, of which one has every reward within its thresholds",
                        "  1: every reward is missing",
                        "  1: a is missing",
                        "  2: a is below 0.5",
                        "  1: b is above 4");
    }

    @Test
    void anEmptyListSaysWhy() {
        Dataset<Row> samples = samples(new Double[] {0.9, 3.0}, new Double[] {0.1, 3.0}, new Double[] {0.2, 3.0});

        assertThat(sieve(atLeast(0.95), atMost(4)).counts(samples))
                .containsExactly(
                        "3 different texts, of which none has every reward within its thresholds",
                        "  3: a is below 0.95",
                        "nothing to list: most fail one threshold, a is below 0.95 (train for longer, or"
                                + " lower it in a new run)");
    }
}
