package io.solera.train.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.solera.checkpoint.AdapterFolder;
import io.solera.checkpoint.LoraAdapters;
import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.ClasspathFolder;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.config.SftJob;
import io.solera.problem.RunException;
import io.solera.problem.StopRequest;
import io.solera.rl.BlockVector;
import io.solera.store.CommittedRound;
import io.solera.store.Rounds;
import io.solera.store.RunFolder;
import io.solera.store.StoredFile;
import io.solera.table.file.EmptyTableException;
import io.solera.train.TinyRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against transformers and PEFT on the files of {@code docs/reference/sft.py}; the run folder of a job that is cut off.
 */
class TestSupervisedTuning {
    private static final ClasspathFolder REFERENCE = new ClasspathFolder("io/solera/train/sft");
    private static final String JOB = """
            table: examples.csv
            prompt: "{question}"
            completion: "{answer}"
            learning-rate: 0.005
            decay-share: 0
            weight-decay: 0.1
            gradient-clip: 0.5
            """;
    private static final String ALL_AT_ONCE = JOB + "batch-size: 12\nmicro-batch: 12\nepochs: 6\nheld-out-share: 0\n";
    private static final String SMALL = JOB + "batch-size: 4\nmicro-batch: 2\nepochs: 3\nheld-out-share: 0.2\n";

    private static final String LORA = "lora: {rank: 2, alpha: 8, targets: [q_proj, v_proj, down_proj]}\n";

    @TempDir
    private Path path;

    private static String text(String name) throws IOException {
        try (InputStream in = REFERENCE.open(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<Map<String, String>> rows() throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : text("examples.csv").lines().skip(1).toList()) {
            int comma = line.indexOf(',');
            rows.add(Map.of("question", line.substring(0, comma), "answer", line.substring(comma + 1)));
        }
        return rows;
    }

    /** Runs a job; cut off when it has committed so many rounds. */
    private JsonArray run(String folder, String yaml, int rounds, Policy model, List<Map<String, String>> rows)
            throws IOException {
        return run(folder, yaml, rounds, 0, model, rows);
    }

    /** The same, asked to stop in a step. */
    private JsonArray run(
            String folder, String yaml, int rounds, long stopping, Policy model, List<Map<String, String>> rows)
            throws IOException {
        SftJob job = SftJob.read(yaml, List.of());
        Policy policy = job.lora() == null ? model : model.with(job.lora().of(model.config()));
        JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(TinyRun.spark().sparkContext());
        Examples examples =
                Examples.of(job, rows, policy.tokenizer(), policy.config().contextLength());
        JsonArray steps = new JsonArray();
        LikelihoodTraining.Listener told = new LikelihoodTraining.Listener() {
            private final StopRequest stop = new StopRequest("the same again");
            private int committed;

            @Override
            public void step(long step, long all, double nats, double norm, double rate, long tokens) {
                JsonObject line = new JsonObject();
                if (step == stopping) {
                    stop.ask();
                }
                line.addProperty("loss", nats);
                line.addProperty("gradient_norm", norm);
                steps.add(line);
            }

            @Override
            public void epoch(int epoch, double heldOutNats, LikelihoodTraining.State state) {}

            @Override
            public StopRequest stop() {
                return stop;
            }

            @Override
            public void checkpoint(LikelihoodTraining.State state) {
                if (++committed == rounds) {
                    throw new IllegalStateException("cut off");
                }
            }
        };
        try (RunFolder run = RunFolder.open(
                path.resolve(folder).toString(),
                spark.hadoopConfiguration(),
                job.yaml(),
                text -> SftJob.read(text, List.of()).identity())) {
            new SupervisedTuning(spark, job, run, policy, examples, told).run();
        }
        return steps;
    }

    private CommittedRound round(String folder, int round) throws IOException {
        return Rounds.of(path.resolve(folder).toString(), new Configuration()).read(round);
    }

    private JsonObject summary(String folder) throws IOException {
        return JsonParser.parseString(Files.readString(path.resolve(folder).resolve("summary.json")))
                .getAsJsonObject();
    }

    private Map<String, String> hashes(String folder, int round) throws IOException {
        return round(folder, round).files().stream()
                .collect(Collectors.toMap(StoredFile::name, StoredFile::sha256, (a, b) -> a, TreeMap::new));
    }

    @Test
    void lossesAndGradientsAreThoseOfTransformers() throws IOException {
        areThoseOf("golden.json", ALL_AT_ONCE);
    }

    @Test
    void lossesAndGradientsOfAdaptersAreThoseOfPeft() throws IOException {
        areThoseOf("golden-lora.json", ALL_AT_ONCE.replace("learning-rate: 0.005", "learning-rate: 0.02") + LORA);
    }

    private void areThoseOf(String file, String yaml) throws IOException {
        JsonArray golden = JsonParser.parseString(text(file)).getAsJsonArray();
        JsonArray steps = run("golden", yaml, 0, ModelFolder.read(REFERENCE), rows());
        assertThat(steps).hasSize(6).hasSameSizeAs(golden);
        for (int k = 0; k < golden.size(); k++) {
            for (String number : List.of("loss", "gradient_norm")) {
                assertThat(steps.get(k).getAsJsonObject().get(number).getAsDouble())
                        .as("%s of step %d", number, k)
                        .isCloseTo(golden.get(k).getAsJsonObject().get(number).getAsDouble(), within(1e-4));
            }
        }
    }

    @Test
    void aRunThatIsCutOffEndsInTheSameBytesWhateverTheTasks() throws IOException {
        Policy policy = ModelFolder.read(REFERENCE);
        run("whole", SMALL, 0, policy, rows());
        assertThatThrownBy(() -> run("parts", SMALL + "partitions: 1\n", 2, policy, rows()))
                .hasMessage("cut off");
        assertThat(run("parts", SMALL + "partitions: 3\n", 0, policy, rows())).hasSize(2);
        assertThat(hashes("parts", 3))
                .isEqualTo(hashes("whole", 3))
                .containsKeys("policy/model.safetensors", "policy/tokenizer.json", "state/training.safetensors");
        JsonObject summary = summary("parts");
        assertThat(summary.get("status").getAsString()).isEqualTo("done");
        assertThat(summary.get("policy_sha256").getAsString())
                .isEqualTo(hashes("parts", 3).get("policy/model.safetensors"));
        JsonObject loss = summary.getAsJsonObject("held_out_loss");
        assertThat(loss.get("after").getAsDouble())
                .isLessThan(loss.get("before").getAsDouble() - 0.1);
        assertThat(Files.readString(path.resolve("parts/metrics.jsonl")).lines())
                .as("two steps in each epoch, and a line for each round")
                .hasSize(3 * 2 + 4);
    }

    @Test
    void aRunThatIsAskedToStopKeepsItsStepAndEndsInTheSameBytes() throws IOException {
        Policy policy = ModelFolder.read(REFERENCE);
        run("undisturbed", SMALL, 0, policy, rows());
        assertThatThrownBy(() -> run("stopped", SMALL, 0, 3, policy, rows()))
                .isInstanceOf(RunException.class)
                .hasMessage("Stopped after step 3 of 6 by SIGTERM; resume with: the same again");
        assertThat(summary("stopped").get("rounds").getAsInt()).isEqualTo(2);
        assertThat(run("stopped", SMALL, 0, policy, rows())).as("steps 4 to 6").hasSize(3);
        assertThat(hashes("stopped", 4)).isEqualTo(hashes("undisturbed", 3));
        run("last", SMALL, 0, 6, policy, rows());
        assertThat(hashes("last", 3)).as("asked in the last step").isEqualTo(hashes("undisturbed", 3));
    }

    @Test
    void adaptersEndInTheSameBytesForAnyPartitioningAndAfterAResume() throws IOException {
        Policy policy = ModelFolder.read(REFERENCE);
        String job = SMALL + LORA.replace("}", ", dropout: 0.2}");
        run("one", job + "partitions: 1\n", 0, policy, rows());
        Map<String, String> one = hashes("one", 3);
        assertThat(one)
                .containsKeys(
                        "policy/adapter_config.json", "policy/adapter_model.safetensors", "state/training.safetensors")
                .doesNotContainKey("policy/model.safetensors");
        run("undropped", SMALL + LORA, 0, policy, rows());
        assertThat(hashes("undropped", 3).get("policy/adapter_model.safetensors"))
                .isNotEqualTo(one.get("policy/adapter_model.safetensors"));
        run("three", job + "partitions: 3\n", 0, policy, rows());
        assertThat(hashes("three", 3)).isEqualTo(one);
        for (int round : new int[] {1, 2}) {
            assertThatThrownBy(() -> run("cut" + round, job, round, policy, rows()))
                    .hasMessage("cut off");
            assertThat(run("cut" + round, job, 0, policy, rows())).hasSize(2 * (3 - round));
            assertThat(hashes("cut" + round, 3)).isEqualTo(one);
        }
    }

    @Test
    void onlyOneSetOfAdaptersIsTrainedAndKept() throws IOException {
        Policy policy = ModelFolder.read(REFERENCE);
        run("whole", SMALL, 0, policy, rows());
        run("run", SMALL + LORA + "keep-rounds: 4\n", 0, policy, rows());
        JsonObject summary = summary("run");
        JsonObject loss = summary.getAsJsonObject("held_out_loss");
        assertThat(loss.get("before"))
                .as("new adapters do nothing")
                .isEqualTo(summary("whole").getAsJsonObject("held_out_loss").get("before"));
        assertThat(loss.get("after").getAsDouble())
                .isLessThan(loss.get("before").getAsDouble() - 0.02);
        assertThat(summary.get("policy_sha256").getAsString())
                .isEqualTo(hashes("run", 3).get("policy/adapter_model.safetensors"));
        Policy shape = policy.with(SftJob.read(SMALL + LORA, List.of()).trainable(policy.config()));
        for (int round = 0; round <= 3; round++) {
            AdapterFolder.Adapter adapter =
                    AdapterFolder.read(round("run", round).folder("policy"), policy.config());
            LikelihoodTraining.State state =
                    LikelihoodCheckpoint.read(round("run", round).folder("state"), shape);
            assertThat(adapter.base()).isEqualTo("prior");
            assertThat(new LoraAdapters(adapter.lora())).isEqualTo(shape.trainable());
            assertThat(adapter.factors()).isEqualTo(state.theta());
            assertThat(state.theta().size()).isEqualTo(shape.trainedSize());
            assertThat(state.optimizer().first().size()).isEqualTo(shape.trainedSize());
        }
    }

    @Test
    void aRoundMayBeSoManySteps() throws IOException {
        run("short", SMALL + "steps-per-round: 1\n", 0, ModelFolder.read(REFERENCE), rows());
        assertThat(hashes("short", 6)).isNotEmpty();
        assertThat(path.resolve("short/rounds/00007")).doesNotExist();
        assertThat(path.resolve("short/rounds/00002/pruned.json")).exists();
    }

    @Test
    void goesOnWithTheSameExamplesAndTheSamePolicyOnly() throws IOException {
        Policy policy = ModelFolder.read(REFERENCE);
        assertThatThrownBy(() -> run("run", SMALL, 1, policy, rows())).hasMessage("cut off");
        List<Map<String, String>> others = rows();
        others.set(0, Map.of("question", "What is new?", "answer", "This."));
        assertThatThrownBy(() -> run("run", SMALL, 0, policy, others))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(
                        "its examples are not those that it began with (put them back, or use another --run-dir)");
        BlockVector theta = policy.parameters().whole();
        assertThatThrownBy(() -> run("run", SMALL, 0, policy.with(theta.scaledPlus(1, theta)), rows()))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageEndingWith("model prior is not the policy that the run started from (put that one back,"
                        + " or use another --run-dir)");
        assertThatThrownBy(() -> run("run", SMALL + "seed: 2\n", 0, policy, rows()))
                .hasMessageContaining("it is the run of another job (seed");
    }

    @Test
    void aBatchNeedsItsExamples() throws IOException {
        Policy policy = ModelFolder.read(REFERENCE);
        assertThatThrownBy(() -> run("few", ALL_AT_ONCE + "seed: 1\nmax-tokens: 3\n", 0, policy, rows()))
                .isInstanceOf(EmptyTableException.class)
                .hasMessage("Cannot train on 0 texts (12 more were left out, 0 held out): one batch needs 12 (see"
                        + " batch-size)");
    }
}
