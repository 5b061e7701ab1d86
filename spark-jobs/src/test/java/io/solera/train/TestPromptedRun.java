package io.solera.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.solera.config.TrainJob;
import io.solera.rl.RandomKey;
import io.solera.store.CommittedRound;
import io.solera.store.Rounds;
import io.solera.train.rollout.Prompts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop on prompts: a policy that completes chains, and is compared with what its prompt's row says. */
class TestPromptedRun {
    private static final String JOB = """
            rewards:
              length: {shaping: 'linear(0, 6)'}
              rouge: {function: 'rouge1(reference-column=reference)'}
            prompts: {table: prompts.csv, samples-per-prompt: 4, held-out-share: 0.3}
            rounds: 2
            steps-per-round: 2
            samples-per-step: 32
            micro-batch: 16
            memory: {recompute: true}
            sampling: {max-new-tokens: 6, temperature: 1}
            algorithm: {name: grpo, epochs: 1, minibatches: 2}
            optimizer: {learning-rate: 0.003, decay: constant}
            evaluation: {samples: 60, round-samples: 40}
            """;

    @TempDir
    private Path folder;

    private static Prompts prompts(String reference) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (String first : List.of("C", "N", "O", "CC", "CN", "CO", "NC", "OC", "CCC", "CCN", "CCO", "OCC")) {
            rows.add(Map.of("prompt", first, "reference", reference));
        }
        TrainJob job = TrainJob.read(JOB, List.of());
        return Prompts.of(job.prompts(), rows, TinyRun.policy().tokenizer(), 10, RandomKey.of(1));
    }

    private Map<String, String> run(String name, Progress progress, String... overrides) throws IOException {
        TrainJob job = TrainJob.read(JOB, List.of(overrides));
        return TinyRun.run(folder.resolve(name), job, TinyRun.rewards(job), prompts("C"), progress);
    }

    @Test
    void theSameBytesForAnyPartitioningAndAfterAResume() throws IOException {
        Map<String, String> one = run("one", TinyRun.SILENT, "partitions=1");
        assertThat(run("three", TinyRun.SILENT, "partitions=3")).isEqualTo(one);
        assertThatThrownBy(() -> run("cut", TinyRun.failingIn(2))).hasMessage("cut");
        assertThat(run("cut", TinyRun.SILENT)).isEqualTo(one);
        assertThat(run("rloo", TinyRun.SILENT, "algorithm.name=rloo")).isNotEqualTo(one);
    }

    @Test
    void rolloutsTellPromptsAndTheHeldOutOnesAreMeasured() throws IOException {
        run("run", TinyRun.SILENT);
        CommittedRound last =
                Rounds.of(folder.resolve("run").toString(), new Configuration()).read(2);
        Dataset<Row> rows =
                TinyRun.spark().read().parquet(last.path("rollouts.parquet").toString());
        List<String> trained = prompts("C").all().subList(0, prompts("C").training()).stream()
                .map(prompt -> String.valueOf(prompt.text()))
                .toList();
        assertThat(rows.select("prompt").distinct().collectAsList())
                .allMatch(row -> trained.contains(row.getString(0)));
        // a group of four completes the same prompt, and every learner the same ones
        assertThat(rows.groupBy("learner", "step", "prompt")
                        .count()
                        .filter("count % 4 != 0")
                        .count())
                .isZero();
        assertThat(rows.filter("rouge_status != 'ok'").count()).isZero();
        Dataset<Row> measured =
                TinyRun.spark().read().parquet(last.path("evaluation.parquet").toString());
        assertThat(measured.filter("prompt is null").count()).isZero();
        assertThat(measured.select("prompt").distinct().collectAsList())
                .noneMatch(row -> trained.contains(row.getString(0)));
        JsonObject metrics = last.metrics().getAsJsonObject("evaluation");
        assertThat(metrics.has("validity")).isFalse();
        assertThat(metrics.get("uniqueness").getAsDouble()).isBetween(0.0, 1.0);
        assertThat(Files.readAllLines(folder.resolve("run/samples.jsonl")))
                .isNotEmpty()
                .allMatch(line -> JsonParser.parseString(line).getAsJsonObject().has("prompt"));
    }

    @Test
    void refusesToResumeOnOtherPrompts() throws IOException {
        assertThatThrownBy(() -> run("cut", TinyRun.failingIn(2))).hasMessage("cut");
        TrainJob job = TrainJob.read(JOB, List.of());
        assertThatThrownBy(() ->
                        TinyRun.run(folder.resolve("cut"), job, TinyRun.rewards(job), prompts("N"), TinyRun.SILENT))
                .hasMessageContaining("its prompts are not those that it began with");
    }

    @Test
    void aRewardThatComparesNeedsPrompts() {
        assertThatThrownBy(() ->
                        TrainJob.read("rewards: {bleu: {function: 'bleu(reference-column=reference)'}}", List.of()))
                .hasMessageContaining("(must come with prompts, whose table has the column reference)");
        assertThatThrownBy(() -> TrainJob.read(JOB, List.of("samples-per-step=30")))
                .hasMessageContaining("must be a multiple of prompts.samples-per-prompt, 4");
    }
}
