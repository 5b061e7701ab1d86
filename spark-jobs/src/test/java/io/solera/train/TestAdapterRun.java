package io.solera.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.solera.checkpoint.AdapterFolder;
import io.solera.config.TrainJob;
import io.solera.store.CommittedRound;
import io.solera.store.Rounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The loop through adapters. */
class TestAdapterRun {
    private static final String LORA = "lora={rank: 2, alpha: 8, max-rank: 7, dropout: 0.1}";

    @TempDir
    private Path folder;

    private Map<String, String> run(String name, Progress progress, String... overrides) throws IOException {
        List<String> settings = new java.util.ArrayList<>(List.of(LORA));
        settings.addAll(List.of(overrides));
        return TinyRun.run(folder.resolve(name), TinyRun.job(""), settings, progress);
    }

    @Test
    void theSameBytesForAnyPartitioningAndAfterAResume() throws IOException {
        Map<String, String> one = run("one", TinyRun.SILENT, "partitions=1");
        assertThat(one).containsKeys("policy/adapter_config.json", "policy/adapter_model.safetensors");
        assertThat(one).doesNotContainKey("policy/model.safetensors");
        assertThat(run("three", TinyRun.SILENT, "partitions=3")).isEqualTo(one);
        for (int round : new int[] {1, 2}) {
            assertThatThrownBy(() -> run("cut" + round, TinyRun.failingIn(round)))
                    .hasMessage("cut");
            assertThat(run("cut" + round, TinyRun.SILENT)).isEqualTo(one);
        }
    }

    /** Critics that train the adapters too, and whose gradients add up over passes. */
    @ParameterizedTest
    @ValueSource(strings = {"iterative-rs", "weighted-gradients"})
    void theSameBytesWhereCriticsShareTheTrunk(String method) throws IOException {
        List<String> settings = List.of(
                "method=" + method,
                "algorithm.name=ppo",
                "algorithm.critic.learning-rate=0.01",
                "algorithm.critic.trunk=policy",
                "micro-batch=8");
        Map<String, String> one = run("one", TinyRun.SILENT, with(settings, "partitions=1"));
        assertThat(run("three", TinyRun.SILENT, with(settings, "partitions=3"))).isEqualTo(one);
        assertThatThrownBy(() -> run("cut", TinyRun.failingIn(2), with(settings, "partitions=2")))
                .hasMessage("cut");
        assertThat(run("cut", TinyRun.SILENT, with(settings, "partitions=2"))).isEqualTo(one);
        String adapter = "policy/adapter_model.safetensors";
        assertThat(run("frozen", TinyRun.SILENT, with(settings, "algorithm.critic.trunk=reference")))
                .extractingByKey(adapter)
                .isNotEqualTo(one.get(adapter));
    }

    private static String[] with(List<String> settings, String more) {
        return Stream.concat(settings.stream(), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void rewardsRiseAndRanksAreBounded() throws IOException {
        run(
                "run",
                TinyRun.SILENT,
                "rounds=3",
                "steps-per-round=4",
                "samples-per-step=64",
                "optimizer.learning-rate=0.03");
        JsonObject summary = JsonParser.parseString(Files.readString(folder.resolve("run/summary.json")))
                .getAsJsonObject();
        JsonObject means = summary.getAsJsonObject("rewards").getAsJsonObject("mw");
        assertThat(means.getAsJsonObject("after").get("low").getAsDouble())
                .isGreaterThan(means.getAsJsonObject("before").get("high").getAsDouble());
        // three experts of rank 2 in each round: 6, then 12 and 13 brought to 7
        for (int round = 1; round <= 3; round++) {
            JsonObject blend =
                    JsonParser.parseString(round(round).read("blend.json")).getAsJsonObject();
            assertThat(blend.get("rank").getAsInt()).isEqualTo(round == 1 ? 6 : 7);
            assertThat(blend.get("refactoring_error").getAsDouble())
                    .isBetween(round == 1 ? 0 : 1e-6, round == 1 ? 0 : 0.7);
        }
        JsonObject reference = summary.getAsJsonObject("before");
        assertThat(reference.getAsJsonObject("kl").get("mean").getAsDouble()).isZero();
    }

    private CommittedRound round(int number) throws IOException {
        return Rounds.of(folder.resolve("run").toString(), new Configuration()).read(number);
    }

    @Test
    void aBlendOfOneIsThatExpert() throws IOException {
        run("run", TinyRun.SILENT, "rounds=1", "rewards.logp.weight=0", "rewards.fluency.weight=0");
        JsonObject blend = JsonParser.parseString(round(1).read("blend.json")).getAsJsonObject();
        JsonArray coefficients = blend.getAsJsonArray("coefficients");
        assertThat(coefficients.get(0).getAsDouble()).isEqualTo(1);
        assertThat(blend.get("rank").getAsInt()).isEqualTo(2);
        AdapterFolder.Adapter written =
                AdapterFolder.read(round(1).folder("policy"), TinyRun.policy().config());
        assertThat(written.lora().dropout()).isEqualTo(0.1);
        assertThat(written.factors().size())
                .isEqualTo(blend.get("adapter_parameters").getAsLong());
    }

    @Test
    void refusesWhatAdaptersCannotDo() {
        assertThatThrownBy(() -> TrainJob.read(TinyRun.job(""), List.of(LORA, "optimizer.moments=keep")))
                .hasMessageContaining("must be reset-each-round with lora");
        assertThatThrownBy(() -> TrainJob.read(TinyRun.job(""), List.of(LORA, "blend.outer-momentum=0.5")))
                .hasMessageContaining("must be 0 with lora: its adapters");
        assertThatThrownBy(() -> run("run", TinyRun.SILENT, "lora.targets=[q_proj]"))
                .hasMessageContaining(
                        "Invalid lora.targets: q_proj (must be all-linear or out of [c_attn, c_fc, c_proj])");
        assertThatThrownBy(() -> TrainJob.read(TinyRun.job(""), List.of(LORA, "lora.dropout=1")))
                .hasMessageContaining(
                        "Invalid lora.dropout: 1 in --set lora.dropout=1 (must be 0 for none, or more and below 1)");
    }
}
