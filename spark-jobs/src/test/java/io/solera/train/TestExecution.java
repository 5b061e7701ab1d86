package io.solera.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.config.TrainJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways to run the steps of a round. */
class TestExecution {
    private static final int MANY = 1000;

    @TempDir
    private Path folder;

    /** Keeps what a run says of how its steps run. */
    private static final class Notes implements Progress {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void note(String line) {
            lines.add(line);
        }
    }

    /** What a job makes when its steps run in a way. */
    private Map<String, String> run(ExecutionPlan.Way way, List<String> settings, String... more) throws IOException {
        List<String> all = new ArrayList<>(settings);
        all.addAll(List.of(more));
        String name = way.name().toLowerCase(Locale.ROOT);
        Notes notes = new Notes();
        Path run = Files.createTempDirectory(folder, name).resolve("run");
        Map<String, String> made = TinyRun.run(run, TinyRun.job(""), all, notes);
        assertThat(notes.lines).anyMatch(line -> line.startsWith("Execution: " + name + " ("));
        return made;
    }

    /** Parts of unequal sizes, in minibatches that mix those of the rollout. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "algorithm={name: ppo, epochs: 2, minibatches: 2}; rounds=1",
                "algorithm={name: dap, epochs: 1, minibatches: 2, sigma: 5}; replay={memory-size: 20, sample-size: 5};"
                        + " diversity-filter={name: identical-murcko-scaffold}; rounds=1",
                "lora={rank: 2, alpha: 8, dropout: 0.3}; shards=2",
                "method=weighted-gradients; blend.rule=min-norm; rounds=1;"
                        + " algorithm={name: ppo, epochs: 2, minibatches: 2, critic: {trunk: policy}}",
                "blend={rule: min-norm, per-layer: true, outer-momentum: 0.5}; shards=2; rounds=1",
                "blend={rule: pc-grad, per-layer: true}; lora={rank: 2, alpha: 8}; rounds=1",
                "method=weighted-gradients; blend={rule: pc-grad, per-layer: true}; rounds=1;"
                        + " algorithm={name: ppo, epochs: 2, minibatches: 2}",
                "method=weighted-gradients; blend={rule: min-norm, per-layer: true}; rounds=1;"
                        + " lora={rank: 2, alpha: 8}",
                "method=morlhf; shards=2; optimizer.moments=keep; blend.outer-momentum=0.5"
            })
    void everyWayMakesTheSameBytes(String settings) throws IOException {
        List<String> job = new ArrayList<>(
                List.of("micro-batch=12", "update-batch=5", "evaluation={samples: 20, round-samples: 0}"));
        job.addAll(List.of(settings.split("; ")));
        Map<String, String> fused = run(ExecutionPlan.Way.FUSED, job, "execution=fused");
        // the number of slots decides between the two ways of stages
        Map<String, String> staged = run(ExecutionPlan.Way.STAGED, job, "execution=staged", "partitions=1");
        Map<String, String> shared = run(ExecutionPlan.Way.SHARED, job, "execution=staged", "partitions=" + MANY);
        assertThat(fused).containsKey("policy/tokenizer.json");
        assertThat(staged).isEqualTo(fused);
        assertThat(shared).isEqualTo(fused);
        String[] elsewhere = {"execution=fused", "memory.driver-mib=0"};
        assertThat(run(ExecutionPlan.Way.FUSED, job, elsewhere))
                .as("of a policy that stays in its folder")
                .isEqualTo(fused);
        if (!settings.contains("moments=keep")) {
            Map<String, String> blocks =
                    run(ExecutionPlan.Way.BLOCKS, job, "execution=staged", "partitions=" + MANY, "memory.driver-mib=0");
            assertThat(blocks).isEqualTo(fused);
        }
    }

    @Test
    void aRuleChangesWhatIsLearned() throws IOException {
        List<String> job = List.of("method=weighted-gradients", "rounds=1");
        Map<String, String> mean = TinyRun.run(folder.resolve("mean"), TinyRun.job(""), job, TinyRun.SILENT);
        List<String> ruled = new ArrayList<>(job);
        ruled.add("blend.rule=min-norm");
        Map<String, String> rule = TinyRun.run(folder.resolve("rule"), TinyRun.job(""), ruled, TinyRun.SILENT);
        assertThat(rule.get("policy/model.safetensors")).isNotEqualTo(mean.get("policy/model.safetensors"));
    }

    private static ExecutionPlan plan(int learners, int slots, String... settings) {
        return ExecutionPlan.of(
                TrainJob.read(TinyRun.job(""), List.of(settings)),
                learners,
                slots,
                false,
                TinyRun.policy().trainedSize());
    }

    @Test
    void learnersThatFillTheSlotsAreFused() {
        assertThat(plan(4, 2)).hasToString("fused (4 learners on 2 slots keep them busy)");
        assertThat(plan(1, 1)).hasToString("fused (1 learner on 1 slot keeps it busy)");
        assertThat(plan(3, 2)).hasToString("shared (3 learners on 2 slots, of which a task each would keep 75 % busy)");
        assertThat(plan(1, 8)).hasToString("shared (1 learner on 8 slots, of which a task each would keep 13 % busy)");
        assertThat(plan(3, 8, "execution=fused")).hasToString("fused (the job says so)");
        long size = TinyRun.policy().trainedSize();
        assertThat(ExecutionPlan.of(TrainJob.read(TinyRun.job(""), List.of()), 4, 2, true, size))
                .hasToString("staged (rewards are scored on slots of their own; 4 learners on 2 slots, of which a task"
                        + " each would keep 100 % busy)");
        assertThat(plan(4, 2, "execution=staged").way()).isEqualTo(ExecutionPlan.Way.STAGED);
        assertThat(plan(1, 8, "memory.driver-mib=0"))
                .hasToString("blocks (1 learner on 8 slots, of which a task each would keep 13 % busy; what they train"
                        + " is more than memory.driver-mib, or a quarter of the driver's heap)");
        assertThat(plan(1, 8, "memory.driver-mib=0", "optimizer.moments=keep").way())
                .isEqualTo(ExecutionPlan.Way.STAGED);
    }
}
