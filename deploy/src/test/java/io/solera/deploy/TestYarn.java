package io.solera.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
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

    /** What EMR and Dataproc set by default, but for their shuffle service. */
    private static final List<String> CLOUD = List.of(
            "spark.dynamicAllocation.enabled=true",
            "spark.dynamicAllocation.shuffleTracking.enabled=true",
            "spark.dynamicAllocation.maxExecutors=1");

    private static CloudRequest emr() throws Exception {
        return CloudRequest.emr(folder, natives(), parameters("emr"));
    }

    private static Map<String, String> parameters(String run) throws IOException {
        Files.writeString(folder.resolve("job.yaml"), """
                rewards: {qed: , mw: {shaping: 'gaussian(300, 50)'}}
                rounds: 2
                steps-per-round: 1
                samples-per-step: 32
                evaluation: {samples: 32, round-samples: 0}
                """);
        return Map.of("JAR", yarn.jar().getFileName().toString(), "RUN", run, "MAX_EXECUTORS", "1");
    }

    /** Where they are unpacked already, as a copy of their own takes half a gigabyte. */
    private static Path natives() {
        return Path.of(System.getProperty("user.home"), ".djl.ai");
    }

    private static Process begin(String name, CloudRequest request) throws IOException {
        List<String> words = new ArrayList<>();
        CLOUD.forEach(conf -> words.addAll(List.of("--conf", conf))); // before the request's own, which win
        words.addAll(request.words());
        return yarn.begin(name, request.heap(), words);
    }

    private static void assertDone(String name, Process submit) throws Exception {
        Yarn.Outcome done = yarn.outcome(name, submit);
        assertThat(done.submitExit()).as(done.log()).isZero();
        assertThat(done.report().getFinalApplicationStatus())
                .as(done.log())
                .isEqualTo(FinalApplicationStatus.SUCCEEDED);
    }

    @Test
    @Tag("clouds")
    void theStepOfEmrTrainsAndResumesWithTheSameWordsAfterItsDriverWasKilled() throws Exception {
        Process killed = begin("emr-killed", emr());
        Path committed = folder.resolve("emr/rounds/00001/manifest.json");
        while (killed.isAlive() && !Files.exists(committed)) {
            Thread.sleep(20);
        }
        assertThat(killed.destroyForcibly().waitFor())
                .as("the code of a process that was killed, with a round committed")
                .isEqualTo(137);
        assertThat(committed).exists();
        assertDone("emr", begin("emr", emr()));
        assertThat(folder.resolve("emr/summary.json")).content().contains("\"status\": \"done\"");
    }

    @Test
    @Tag("clouds")
    void theJobOfDataprocTrains() throws Exception {
        assertDone("dataproc", begin("dataproc", CloudRequest.dataproc(folder, natives(), parameters("dataproc"))));
        assertThat(folder.resolve("dataproc/summary.json")).content().contains("\"status\": \"done\"");
    }
}
