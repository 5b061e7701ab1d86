package io.solera.jobs.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.solera.checkpoint.file.MalformedModelException;
import io.solera.config.yaml.ConfigException;
import io.solera.jobs.Commands;
import io.solera.model.DivergedPolicyException;
import io.solera.problem.DataException;
import io.solera.problem.MalformedFileException;
import io.solera.problem.RequestException;
import io.solera.problem.RunException;
import io.solera.problem.SettingException;
import io.solera.rl.RandomKey;
import io.solera.table.file.EmptyTableException;
import io.solera.table.file.MalformedTableException;
import io.solera.train.BrokenRewardException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whose turn it is when something went wrong, by exceptions alone and through the command line from tasks on executors.
 */
class TestExitCode {
    @Test
    void ourExceptionsSayItThroughWhateverIsAroundThem() {
        codes(
                2,
                new RequestException("a"),
                new SettingException("a", 1, "must be 2"),
                new ConfigException("a"),
                new FileNotFoundException("a"));
        codes(
                3,
                new DataException("a"),
                new MalformedFileException("a"),
                new MalformedModelException("a"),
                new DivergedPolicyException("a"),
                new EmptyTableException("a"),
                MalformedTableException.of("a", "b"));
        codes(4, new RunException("a"), new BrokenRewardException("a"), new IOException("No space left on device"));
    }

    @Test
    void whatCodeGotWrongIsAFaultOfOurs() {
        codes(
                70,
                new IllegalArgumentException("a"),
                new NumberFormatException("a"),
                new IllegalStateException("a"),
                new NullPointerException("a"),
                new IndexOutOfBoundsException("a"),
                new ClassCastException("a"),
                new ArithmeticException("a"),
                new UnsupportedOperationException("a"),
                new NoSuchElementException("a"),
                new NegativeArraySizeException("a"),
                new ConcurrentModificationException("a"),
                new AssertionError("a"),
                thrown(() -> RandomKey.of(1).index(0, 0)),
                thrown(() -> List.of(1).get(1)));
        codes(4, new CancellationException("a"), new IllegalStateException("a", new InterruptedException("b")));
    }

    @Test
    void whatThePlatformRefusesIsNoFaultUnlessWeAskedForNonsense() {
        codes(
                2,
                thrown(() -> new Path("")),
                thrown(() -> new SparkConf().set("spark.some.memory", "much").getSizeAsBytes("spark.some.memory")));
        Row row = RowFactory.create(1);
        codes(70, thrown(() -> row.getString(0)), thrown(() -> row.getInt(1)));
    }

    @Test
    void aFaultSaysWhatToSend() {
        assertThat(ExitCode.message(new SparkException(
                        "Job aborted", thrown(() -> List.of(1).get(1)))))
                .matches("This is a fault in Solera: java\\.lang\\.IndexOutOfBoundsException: .*\\. Please"
                        + " report it, with the version \\(solera .*\\), where it came up"
                        + " \\(TestExitCode\\.java:\\d+\\), the command, and what it prints with"
                        + " JAVA_TOOL_OPTIONS=-Dsolera\\.trace=true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "request | 2 | solera: Cannot do this: it is wrong (1)",
                "data | 3 | solera: Cannot read a.bin: it is damaged",
                "run | 4 | solera: Cannot go on: a disk is gone",
                "disk | 4 | solera: No space left on device",
                "argument | 70 | solera: This is a fault in Solera: java.lang.IllegalArgumentException: sizes"
                        + " differ (1 and 2).",
                "null | 70 | solera: This is a fault in Solera: java.lang.NullPointerException: deep inside."
            })
    void theCategoryComesBackFromATask(String kind, int code, String message) {
        Commands.session()
                .udf()
                .register("breaking", (UDF1<String, String>) TestExitCode::breaking, DataTypes.StringType);
        Commands.Outcome outcome = Commands.run("sql", "SELECT breaking('" + kind + "' || id) FROM range(2)");
        assertThat(outcome.err()).startsWith(message).hasLineCount(1);
        assertThat(outcome.code()).isEqualTo(code);
    }

    private static String breaking(String kind) throws IOException {
        switch (kind.replaceAll("\\d", "")) {
            case "request" -> throw new RequestException("Cannot do this: it is wrong (1)");
            case "data" -> throw new MalformedFileException("Cannot read a.bin: it is damaged");
            case "run" -> throw new RunException("Cannot go on: a disk is gone");
            case "disk" -> throw new UncheckedIOException(new IOException("No space left on device"));
            case "argument" -> throw new IllegalArgumentException("sizes differ (1 and 2)");
            default -> throw new NullPointerException("deep inside");
        }
    }

    private static void codes(int code, Throwable... problems) {
        for (Throwable problem : problems) {
            assertThat(ExitCode.of(problem)).as("%s", problem).isEqualTo(code);
            assertThat(ExitCode.of(new SparkException("Job aborted", new RuntimeException("Task failed", problem))))
                    .as("within others: %s", problem)
                    .isEqualTo(code);
        }
    }

    private static Throwable thrown(ThrowingCallable work) {
        return catchThrowable(work);
    }
}
