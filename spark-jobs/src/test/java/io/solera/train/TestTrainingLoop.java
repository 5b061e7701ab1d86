package io.solera.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.solera.config.TrainJob;
import io.solera.reward.Guarded;
import io.solera.reward.Reward;
import io.solera.reward.Shaping;
import io.solera.rl.measure.Threshold;
import io.solera.store.CommittedRound;
import io.solera.store.Rounds;
import io.solera.train.rollout.RewardSet;
import io.solera.train.rollout.TrainingReward;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestTrainingLoop {
    @TempDir
    private Path folder;

    @Test
    void rewardsRise() throws IOException {
        TinyRun.run(
                folder.resolve("run"),
                TinyRun.job(""),
                List.of("rounds=3", "steps-per-round=4", "samples-per-step=64", "optimizer.learning-rate=0.01"),
                TinyRun.SILENT);
        JsonObject summary = JsonParser.parseString(Files.readString(folder.resolve("run/summary.json")))
                .getAsJsonObject();
        assertThat(summary.get("status").getAsString()).isEqualTo("done");
        for (String reward : new String[] {"mw", "logp"}) {
            JsonObject means = summary.getAsJsonObject("rewards").getAsJsonObject(reward);
            assertThat(means.getAsJsonObject("after").get("low").getAsDouble())
                    .as(reward)
                    .isGreaterThan(means.getAsJsonObject("before").get("high").getAsDouble());
        }
        assertThat(Files.readString(folder.resolve("run/molecules.csv")))
                .startsWith("smiles,front,geometric_mean,mw,mw_shaped,logp,logp_shaped,fluency,fluency_shaped\n");
        assertThat(Files.readAllLines(folder.resolve("run/metrics.jsonl"))).hasSize(1 + 3 * (4 * 3 + 1));
    }

    @Test
    void theSameBytesForAnyPartitioning() throws IOException {
        Map<String, String> one =
                TinyRun.run(folder.resolve("one"), TinyRun.job(""), List.of("partitions=1"), TinyRun.SILENT);
        Map<String, String> four =
                TinyRun.run(folder.resolve("four"), TinyRun.job(""), List.of("partitions=4"), TinyRun.SILENT);
        assertThat(one)
                .containsKeys("policy/model.safetensors", "state/mw.safetensors")
                .isEqualTo(four);
        assertThat(TinyRun.run(folder.resolve("seed"), TinyRun.job(""), List.of("seed=2"), TinyRun.SILENT))
                .isNotEqualTo(one);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{name: ppo, epochs: 2, minibatches: 2}",
                "{name: rloo, epochs: 1, minibatches: 1}",
                "{name: dap, epochs: 1, minibatches: 2, sigma: 5}"
            })
    void theSameBytesAfterAResume(String algorithm) throws IOException {
        List<String> settings = List.of(
                "algorithm=" + algorithm, "optimizer.moments=keep", "blend.outer-momentum=0.5", "experts-per-round=2");
        Map<String, String> undisturbed =
                TinyRun.run(folder.resolve("whole"), TinyRun.job(""), settings, TinyRun.SILENT);
        Path cut = folder.resolve("cut");
        assertThatThrownBy(() -> TinyRun.run(cut, TinyRun.job(""), settings, TinyRun.failingIn(2)))
                .hasMessage("cut");
        assertThat(Rounds.of(cut.toString(), new Configuration())
                        .last()
                        .orElseThrow()
                        .round())
                .isEqualTo(1);
        assertThat(Files.readAllLines(cut.resolve("metrics.jsonl")))
                .as("of rounds 0 and 1")
                .hasSize(1 + 2 * 2 + 1);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("solera-history"));
        assertThat(TinyRun.run(cut, TinyRun.job(""), settings, TinyRun.SILENT)).isEqualTo(undisturbed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"weighted-gradients", "morlhf"})
    void oneLearnerTakesAllRewards(String method) throws IOException {
        for (String algorithm : new String[] {"ppo", "rloo", "dap"}) {
            Path run = folder.resolve(algorithm);
            Map<String, String> files = TinyRun.run(
                    run,
                    TinyRun.job(""),
                    List.of("method=" + method, "rounds=1", "algorithm.name=" + algorithm),
                    TinyRun.SILENT);
            assertThat(files).containsKey("state/policy.safetensors");
            assertThat(Files.readString(run.resolve("metrics.jsonl"))).contains("\"learner\":\"policy\"");
        }
    }

    @Test
    void rolloutsAreATable() throws IOException {
        TinyRun.run(folder.resolve("run"), TinyRun.job(""), List.of(), TinyRun.SILENT);
        CommittedRound last =
                Rounds.of(folder.resolve("run").toString(), new Configuration()).read(2);
        Dataset<Row> rows =
                TinyRun.spark().read().parquet(last.path("rollouts.parquet").toString());
        assertThat(rows.count()).isEqualTo(2 * 3 * 32);
        assertThat(rows.filter("mw_status = 'ok' and mw is null").count()).isZero();
        assertThat(rows.filter("learner = 'mw' and mw_advantage is null").count())
                .isZero();
        assertThat(rows.filter("learner = 'mw' and logp_advantage is not null").count())
                .isZero();
        assertThat(rows.filter("size(tokens) != size(log_probabilities)").count())
                .isZero();
    }

    @Test
    void onlyTheKeptRoundsHavePolicies() throws IOException {
        TinyRun.run(folder.resolve("run"), TinyRun.job(""), List.of("rounds=4", "keep-rounds=1"), TinyRun.SILENT);
        List<CommittedRound> rounds =
                Rounds.of(folder.resolve("run").toString(), new Configuration()).all();
        assertThat(rounds).hasSize(5);
        assertThat(rounds.get(4).isPruned("policy")).isFalse();
        assertThat(rounds.stream().filter(round -> round.isPruned("policy"))).hasSizeBetween(3, 4);
    }

    @Test
    void aRunStopsWhenItIsToldToInTheSameBytesAfterAResume() throws IOException {
        List<String> settings = List.of(
                "rounds=3",
                "stop-when={kl-above: 0.001, collapse: false}",
                "evaluation={samples: 60, round-samples: 40}");
        Path whole = folder.resolve("whole");
        Map<String, String> stopped = TinyRun.run(whole, TinyRun.job(""), settings, TinyRun.SILENT);
        JsonObject summary = JsonParser.parseString(Files.readString(whole.resolve("summary.json")))
                .getAsJsonObject();
        assertThat(summary.get("status").getAsString()).isEqualTo("stopped");
        assertThat(summary.get("rounds").getAsInt()).isEqualTo(1);
        assertThat(summary.get("stopped").getAsString()).startsWith("kl-above: 0.001 (the KL is ");
        JsonObject after = summary.getAsJsonObject("after");
        assertThat(after.get("samples").getAsInt())
                .as("measured as a last round is")
                .isEqualTo(60);
        assertThat(after.getAsJsonObject("hypervolume").get("batch").getAsInt()).isEqualTo(40);
        assertThat(TinyRun.run(whole, TinyRun.job(""), settings, TinyRun.failingIn(2)))
                .as("a run that stopped does not train again")
                .isEqualTo(stopped);
        Path cut = folder.resolve("cut");
        assertThatThrownBy(() -> TinyRun.run(cut, TinyRun.job(""), settings, TinyRun.failingIn(1)))
                .hasMessage("cut");
        assertThat(TinyRun.run(cut, TinyRun.job(""), settings, TinyRun.SILENT)).isEqualTo(stopped);
    }

    @Test
    void aRunThatCannotLearnIsRefusedBeforeItTrains() {
        String job = """
                rewards:
                  substructure_count: {function: "substructure_count(smarts='[Pt]')"}
                samples-per-step: 4
                algorithm: {name: rloo, epochs: 1, minibatches: 1}
                sampling: {max-new-tokens: 10, temperature: 1}
                evaluation: {samples: 20, round-samples: 0}
                """;
        assertThatThrownBy(() -> TinyRun.run(folder.resolve("run"), job, List.of(), TinyRun.SILENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot train: nothing can be learned from the 20 samples of round 0: ")
                .hasMessageContaining(
                        "reward substructure_count is the same for all 20 samples: shaped 0.000, raw 0.0");
        assertThat(folder.resolve("run/rounds/00000/manifest.json")).doesNotExist();
    }

    @Test
    void aBrokenRewardStopsTheRunWithExamples() throws IOException {
        TrainJob job = TrainJob.read(TinyRun.job(""), List.of());
        Reward broken = texts -> {
            throw new IllegalStateException("the service is down");
        };
        RewardSet rewards = new RewardSet(
                List.of(new TrainingReward("service", new Guarded(broken), null, Shaping.IDENTITY, 1, Threshold.NONE)));
        assertThatThrownBy(() -> TinyRun.run(folder.resolve("run"), job, rewards, TinyRun.SILENT))
                .isInstanceOf(BrokenRewardException.class)
                .hasMessageStartingWith("Cannot train on service: 32 of 32 scores timed out or failed"
                        + " (at most 10 % may, see missing-limit)")
                .hasMessageContaining("the service is down");
    }
}
