package io.solera.reward.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.problem.RequestException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions of SQL as numbers of one sample. */
class TestSampleExpression {
    private static final StructType COLUMNS = new StructType()
            .add("text", DataTypes.StringType)
            .add("n_tokens", DataTypes.IntegerType)
            .add("tokens", DataTypes.createArrayType(DataTypes.IntegerType, false))
            .add("ended", DataTypes.BooleanType)
            .add("qed", DataTypes.DoubleType)
            .add("sa", DataTypes.DoubleType);
    private static final @Nullable Object[] SAMPLE = {"c1ccccc1O", 30, new int[] {3, 4, 5}, true, 0.75, null};

    private static SparkSession spark;

    @BeforeAll
    static void open() {
        spark = SqlSession.open();
    }

    private static @Nullable Double value(String sql) {
        return SampleExpression.of(spark, sql, COLUMNS).of(SAMPLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exp(-abs(n_tokens - 40) / 10) | 0.36787944117144233",
                "CASE WHEN qed > 0.6 THEN 2.5 ELSE 0 END | 2.5",
                "qed | 0.75",
                "1 | 1",
                "coalesce(sa, 4) | 4",
                "CAST(qed AS DECIMAL(3, 1)) | 0.8",
                "length(text) + size(tokens) | 12",
                "aggregate(tokens, 0, (sum, id) -> sum + id) * qed | 9",
                "if(ended, 1, 0) | 1",
                "QED + `n_tokens` | 30.75",
                "length(text) - length(replace(lower(text), 'i')) | 0",
                "hour(timestamp '2026-11-30 12:00:00+00:00') | 12",
                "round(solera_mw(text), 2) | 94.11",
                "round(rewards.mw(text), 2) | 94.11",
            })
    void isTheValueOfTheSample(String sql, double expected) {
        assertThat(value(sql)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sa", "sa + 1", "1 / (n_tokens - 30)", "CAST(text AS INT)", "element_at(tokens, 9)", "ln(0)"})
    void isNullWhereAnInputIsOrWhereItHasNoValue(String sql) {
        assertThat(value(sql)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "qed + | Syntax error at or near end of input",
                "qed sa + 1 | Syntax error at or near '+'",
                "n_token / 2 | there is no column n_token (did you mean n_tokens?); there are text, n_tokens, tokens",
                "transform(tokens, id -> id * qd)[0] | there is no column qd (did you mean qed?); there are text",
                "no_such_function(qed) | `no_such_function` on search path",
                "text | it is of type string; write CAST(... AS DOUBLE), or CASE WHEN",
                "qed > 0.6 | it is of type boolean; write CAST(... AS DOUBLE), or CASE WHEN",
                "NULL | it is of type void; write CAST",
                "* | it makes 6 columns",
                "avg(qed) | it has an aggregate function, whose value is that of many samples",
                "row_number() OVER (ORDER BY qed) | it has a window function, whose value is that of many samples",
                "explode(tokens) | it has a function that makes rows, such as explode",
                "(SELECT 1) | it has a query in it",
                "rand() | rand is not deterministic",
                "qed * randn(3) | randn is not deterministic",
                "length(uuid()) | uuid is not deterministic",
                "spark_partition_id() | spark_partition_id is not deterministic",
                "monotonically_increasing_id() | monotonically_increasing_id is not deterministic",
                "length(input_file_name()) | input_file_name is not deterministic",
                "unix_timestamp(current_timestamp()) | current_timestamp is not of the sample, and differs from run",
                "year(current_date) | current_date is not of the sample, and differs from run to run",
                "hour(now()) | now is not of the sample",
                "length(current_user()) | current_user is not of the sample",
                "my_noise(qed) | my_noise is not deterministic",
            })
    void refusesWhatIsNotANumberOfOneSample(String sql, String why) {
        spark.udf()
                .register(
                        "my_noise",
                        functions
                                .udf((UDF1<Double, Double>) x -> x, DataTypes.DoubleType)
                                .asNondeterministic());
        assertThatThrownBy(() -> value(sql))
                .isInstanceOf(RequestException.class)
                .message()
                .startsWith("must be an expression of Spark SQL that makes a number of one sample: ")
                .contains(why)
                .doesNotContain("\n");
    }

    @Test
    void refusesWhatAQueryMayNotRun() {
        assertThatThrownBy(() -> value("length(reflect('java.lang.System', 'getenv', 'HOME'))"))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("Cannot use reflect in SQL: it calls any method of Java");
        assertThatThrownBy(() -> value("length('${env:HOME}')"))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("Cannot use ${env:...} in SQL: it reads the environment of the driver");
        assertThatThrownBy(() -> value("solera_process(text, 'sleep 1')"))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("programs");
    }

    @Test
    void meansTheSameWhateverTheSessionIsSetTo() {
        SparkSession other = spark.newSession();
        other.conf().set("spark.sql.ansi.enabled", "true");
        other.conf().set("spark.sql.session.timeZone", "Asia/Kathmandu");
        other.conf().set("spark.sql.caseSensitive", "true");
        for (String sql : List.of("1 / (n_tokens - 30)", "hour(timestamp_seconds(0))", "QED")) {
            assertThat(SampleExpression.of(other, sql, COLUMNS).of(SAMPLE))
                    .as(sql)
                    .isEqualTo(value(sql));
        }
        assertThat(value("hour(timestamp_seconds(0))")).isZero();
        assertThat(other.conf().get("spark.sql.session.timeZone")).isEqualTo("Asia/Kathmandu");
    }

    @Test
    void takesFunctionsThatAreRegistered() {
        spark.udf().register("my_half", (UDF1<Double, Double>) x -> x / 2, DataTypes.DoubleType);
        assertThat(value("my_half(qed)")).isEqualTo(0.375);
    }

    @Test
    void anErrorIsThatOfTheSample() {
        SampleExpression expression =
                SampleExpression.of(spark, "CASE WHEN n_tokens = 30 THEN raise_error('odd') ELSE qed END", COLUMNS);
        assertThatThrownBy(() -> expression.of(SAMPLE))
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining("odd");
        assertThat(expression.of(new Object[] {"C", 31, new int[0], true, 0.5, null}))
                .isEqualTo(0.5);
    }

    /** Functions of lists hold what they are applied to, so threads must not share them. */
    @Test
    void threadsDoNotDisturbEachOther() throws Exception {
        SampleExpression sent = sent(SampleExpression.of(
                spark, "aggregate(transform(tokens, id -> id * 2 + n_tokens), 0, (sum, id) -> sum + id)", COLUMNS));
        double[] sums = IntStream.range(0, 20000)
                .parallel()
                .mapToDouble(i -> sent.of(new Object[] {"C", 1, new int[] {i, i + 1}, true, 0.5, null}))
                .toArray();
        assertThat(sums)
                .isEqualTo(DoubleStream.iterate(0, i -> i + 1)
                        .limit(20000)
                        .map(i -> 4 * i + 4)
                        .toArray());
    }

    private static SampleExpression sent(SampleExpression expression) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(expression);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (SampleExpression) in.readObject();
        }
    }
}
