package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkUserAppException;
import org.apache.spark.deploy.SparkSubmit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The exit code reaches whoever waits for it, and a JVM that is not ours lives on; YARN's is in the tests of the
 * deployment.
 */
class TestEnding {
    @TempDir
    private Path folder;

    @Test
    void aJvmOfItsOwnEndsWithTheCode() throws Exception {
        assertThat(ended(Solera.class.getName(), List.of("rewards", "qed"))).isZero();
        assertThat(ended(Solera.class.getName(), List.of("rewards", "qued"))).isEqualTo(2);
    }

    @Test
    void sparkSubmitEndsWithTheCodeWhateverThreadsAreLeft() throws Exception {
        Path jar = Files.createFile(folder.resolve("nothing.jar"));
        List<String> submit = List.of("--master", "local[1]", "--class", Lingering.class.getName(), jar.toString());
        assertThat(ended(SparkSubmit.class.getName(), with(submit, "rewards", "qed")))
                .isZero();
        assertThat(ended(SparkSubmit.class.getName(), with(submit, "rewards", "qued")))
                .isEqualTo(2);
    }

    @Test
    void aJvmOfAHostLivesOn() throws Exception {
        Solera.main(new String[] {"rewards", "qed"});
        assertThatThrownBy(() -> Solera.main(new String[] {"rewards", "qued"}))
                .isInstanceOf(SparkUserAppException.class)
                .hasMessage("User application exited with 2");
    }

    private static List<String> with(List<String> submit, String... arguments) {
        List<String> all = new java.util.ArrayList<>(submit);
        all.addAll(List.of(arguments));
        return all;
    }

    private int ended(String main, List<String> arguments) throws IOException, InterruptedException {
        Process process = JavaProcess.of(List.of(), main, arguments)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            assertThat(process.waitFor(10, TimeUnit.MINUTES)).as("it ends").isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Solera with a thread that never ends, as Spark leaves one after a barrier stage. */
    public static final class Lingering {
        public static void main(String[] arguments) throws Exception {
            new Thread(() -> {
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    })
                    .start();
            Solera.main(arguments);
        }
    }
}
