package io.solera.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Solera in cluster mode on YARN, whose ApplicationMaster owns the driver's JVM. */
class TestYarn {
    @TempDir
    private static Path folder;

    private static Yarn yarn;

    @BeforeAll
    static void begin() throws IOException {
        yarn = Yarn.start(folder);
    }

    @AfterAll
    static void end() {
        yarn.close();
    }

    @Test
    void whatIsDoneHasSucceededInOneAttempt() throws Exception {
        Path table = Files.writeString(folder.resolve("table.csv"), "smiles\nCCO\nCCN\n");
        Path scored = folder.resolve("scored.csv");
        String[] score = {
            "score",
            "--input",
            table.toUri().toString(),
            "--rewards",
            "mw",
            "--output",
            scored.toUri().toString(),
            "--resume"
        };
        // what clusters set by default
        List<String> confs = List.of(
                "spark.serializer=org.apache.spark.serializer.KryoSerializer",
                "spark.kryo.registrationRequired=true",
                "spark.speculation=true",
                "spark.dynamicAllocation.enabled=true",
                "spark.dynamicAllocation.shuffleTracking.enabled=true",
                "spark.dynamicAllocation.executorIdleTimeout=600s",
                "spark.dynamicAllocation.maxExecutors=1");
        Yarn.Outcome done = yarn.submit("done", confs, score);
        assertThat(done.report().getFinalApplicationStatus())
                .as(done.log())
                .isEqualTo(FinalApplicationStatus.SUCCEEDED);
        assertThat(done.attempts()).isOne();
        assertThat(done.submitExit()).isZero();
        assertThat(scored)
                .content()
                .startsWith("smiles,mw,mw_status\nCCO,46.06")
                .contains("\nCCN,45.0");
    }

    @Test
    void whatFailsHasFailedWithItsExitCode() throws Exception {
        Yarn.Outcome failed = yarn.submit(
                "failed",
                List.of("spark.yarn.maxAppAttempts=1"),
                "score",
                "--input",
                folder.resolve("none.csv").toString(),
                "--rewards",
                "qed",
                "--output",
                folder.resolve("out.csv").toString());
        assertThat(failed.report().getFinalApplicationStatus())
                .as(failed.log())
                .isEqualTo(FinalApplicationStatus.FAILED);
        assertThat(failed.report().getDiagnostics()).contains("User application exited with status 2");
        assertThat(failed.attempts()).isOne();
        assertThat(failed.submitExit()).isEqualTo(1);
        assertThat(failed.log()).contains("solera: Cannot");
    }
}
