package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs no Spark starts none: its classes are not even loaded. */
class TestStart {
    private static final String SPARK = " org.apache.spark.SparkContext ";

    @TempDir
    private Path folder;

    @Test
    void helpAndListsStartNoSpark() throws Exception {
        assertThat(loaded(0, "--help")).doesNotContain(SPARK);
        assertThat(loaded(0, "train", "--help")).doesNotContain(SPARK);
        assertThat(loaded(0, "rewards")).doesNotContain(SPARK);
    }

    @Test
    void aWrongRequestStartsNoSpark() throws Exception {
        assertThat(loaded(2, "no-such-command")).doesNotContain(SPARK);
        assertThat(loaded(2, "quickstart", "--set", "no-such-key=1")).doesNotContain(SPARK);
    }

    @Test
    void whatNeedsSparkIsSeenToStartIt() throws Exception {
        assertThat(loaded(0, "sql", "SELECT 1")).contains(SPARK);
    }

    /** The JVM's log of the classes that a command loaded. */
    private String loaded(int code, String... arguments) throws IOException, InterruptedException {
        Path log = folder.resolve("classes.txt");
        Path printed = folder.resolve("printed.txt");
        Process process = JavaProcess.of(
                        List.of("-XX:TieredStopAtLevel=1", "-Xlog:class+load=info:file=" + log),
                        Solera.class,
                        List.of(arguments))
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        try {
            assertThat(process.waitFor(10, TimeUnit.MINUTES)).as("it ends").isTrue();
            assertThat(process.exitValue()).as(Files.readString(printed)).isEqualTo(code);
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(log);
    }
}
