package io.solera.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.checkpoint.Gpt2Config;
import io.solera.checkpoint.LocalFolder;
import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.Policy;
import io.solera.model.InitialWeights;
import io.solera.rl.RandomKey;
import io.solera.text.WordTokenizer;
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
        Path model = model();
        Path job = Files.writeString(folder.resolve("job.yaml"), """
                model: %s
                rewards:
                  mw: {shaping: 'linear(20, 140)'}
                  logp:
                rounds: 1
                steps-per-round: 1
                samples-per-step: 16
                micro-batch: 16
                sampling: {max-new-tokens: 10, temperature: 1}
                algorithm: {name: rloo, epochs: 1, minibatches: 1}
                evaluation: {samples: 32, round-samples: 0}
                """.formatted(model));
        String[] train = {
            "train",
            "--config",
            job.toUri().toString(),
            "--run-dir",
            folder.resolve("run").toUri().toString(),
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
        Yarn.Outcome done = yarn.submit("done", confs, train);
        assertThat(done.report().getFinalApplicationStatus())
                .as(done.log())
                .isEqualTo(FinalApplicationStatus.SUCCEEDED);
        assertThat(done.attempts()).isOne();
        assertThat(done.submitExit()).isZero();
        assertThat(folder.resolve("run/rounds/00001/manifest.json")).exists();
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

    private static Path model() throws IOException {
        Path model = folder.resolve("model");
        WordTokenizer tokenizer = WordTokenizer.smiles(List.of("CNO"));
        Gpt2Config config = Gpt2Config.of(tokenizer.vocabulary().size(), 16, 16, 2, 2);
        ModelFolder.write(
                new LocalFolder(model), new Policy(config, tokenizer, InitialWeights.of(config, RandomKey.of(3))));
        return model;
    }
}
