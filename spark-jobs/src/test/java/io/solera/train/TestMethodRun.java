package io.solera.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.solera.rl.GroupRelative;
import io.solera.rl.Whitening;
import io.solera.store.Rounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods as runs: presets are what they stand for, and joint advantages train. */
class TestMethodRun {
    private static final String POLICY = "policy/model.safetensors";
    private static final String SMALL = "evaluation={samples: 20, round-samples: 0}";
    private static final String GRPO = "algorithm={name: grpo, epochs: 1, minibatches: 2}";

    @TempDir
    private Path folder;

    private Map<String, String> run(String name, String... settings) throws IOException {
        List<String> all = new ArrayList<>(List.of(SMALL));
        all.addAll(List.of(settings));
        return TinyRun.run(folder.resolve(name), TinyRun.job(""), all, TinyRun.SILENT);
    }

    private List<JsonObject> steps(String name) throws IOException {
        return Files.readAllLines(folder.resolve(name).resolve("metrics.jsonl")).stream()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .filter(line -> line.has("learner"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "method=rewarded-soups; rounds=1|rounds=1",
                "method=mgda; rounds=1|method=weighted-gradients; blend.rule=min-norm; rounds=1"
            })
    void aPresetHasTheBytesOfWhatItStandsFor(String preset, String spelt) throws IOException {
        Map<String, String> made = run("preset", preset.split("; "));
        // a policy's card names the method
        assertThat(made.remove("policy/README.md")).isNotNull();
        Map<String, String> expected = run("spelt", spelt.split("; "));
        expected.remove("policy/README.md");
        assertThat(made).isEqualTo(expected);
        JsonObject summary = JsonParser.parseString(Files.readString(folder.resolve("preset/summary.json")))
                .getAsJsonObject();
        assertThat("method=" + summary.get("method").getAsString()).isEqualTo(preset.split("; ")[0]);
    }

    @Test
    void aSingleRewardIsAnExpertAloneAndTheOthersAreMeasured() throws IOException {
        Map<String, String> single = run("single", "method=single:mw", "rounds=1");
        assertThat(single).containsKey("state/mw.safetensors").doesNotContainKey("state/logp.safetensors");
        assertThat(single.get(POLICY))
                .isEqualTo(
                        run("staged", "stages=[{rewards: [mw], max-rounds: 1}]").get(POLICY));
        assertThat(steps("single"))
                .extracting(step -> step.get("learner").getAsString())
                .containsOnly("mw");
        JsonObject summary = JsonParser.parseString(Files.readString(folder.resolve("single/summary.json")))
                .getAsJsonObject();
        assertThat(summary.getAsJsonObject("rewards").keySet()).containsExactly("mw", "logp", "fluency");
    }

    /** Training has the bytes of a job without the reward; so have the measures of all others. */
    @Test
    void anObservedRewardIsMeasuredAndChangesNothing() throws IOException {
        String measured = "evaluation={samples: 40, round-samples: 20}";
        Map<String, String> observing = run("observing", "observe=[fluency]", measured);
        String two = TinyRun.job("").replaceAll("(?m)^  fluency:.*\n", "");
        Map<String, String> without = TinyRun.run(folder.resolve("without"), two, List.of(measured), TinyRun.SILENT);
        observing.remove("policy/README.md");
        without.remove("policy/README.md");
        assertThat(observing).isEqualTo(without);
        JsonObject one = JsonParser.parseString(Files.readString(folder.resolve("observing/summary.json")))
                .getAsJsonObject();
        JsonObject other = JsonParser.parseString(Files.readString(folder.resolve("without/summary.json")))
                .getAsJsonObject();
        JsonObject fluency = one.getAsJsonObject("rewards").getAsJsonObject("fluency");
        assertThat(fluency.getAsJsonObject("after").get("mean").getAsDouble()).isBetween(0.0, 1.0);
        for (String same : new String[] {"success", "hypervolume", "icv"}) {
            assertThat(one.get(same)).as(same).isEqualTo(other.get(same));
        }
        JsonObject after = one.getAsJsonObject("after");
        assertThat(after.getAsJsonArray("observed").get(0).getAsString()).isEqualTo("fluency");
        assertThat(after.get("geometric_mean"))
                .isEqualTo(other.getAsJsonObject("after").get("geometric_mean"));
        assertThat(after.getAsJsonObject("rewards").get("mw"))
                .isEqualTo(other.getAsJsonObject("after")
                        .getAsJsonObject("rewards")
                        .get("mw"));
        assertThat(steps("observing"))
                .allSatisfy(
                        step -> assertThat(step.get("learner").getAsString()).isIn("mw", "logp"));
    }

    @Test
    void gdposAdvantagesAreThoseOfTheRolloutsTable() throws IOException {
        run("run", "method=gdpo", GRPO, "rounds=1", "steps-per-round=1");
        List<Row> rows = TinyRun.spark()
                .read()
                .parquet(Rounds.of(folder.resolve("run").toString(), new Configuration())
                        .read(1)
                        .path("rollouts.parquet")
                        .toString())
                .orderBy("sample_id")
                .select("mw_shaped", "logp_shaped", "fluency_shaped", "scalarised_advantage")
                .collectAsList();
        assertThat(rows).hasSize(32);
        double[] weights = {0.4, 0.4, 0.2};
        double[] sums = new double[rows.size()];
        for (int k = 0; k < weights.length; k++) {
            int column = k;
            double[] own = GroupRelative.advantages(
                    rows.stream().mapToDouble(row -> row.getDouble(column)).toArray(), rows.size());
            for (int b = 0; b < sums.length; b++) {
                sums[b] += weights[k] * own[b];
            }
        }
        double[] expected = Whitening.scores(sums);
        for (int b = 0; b < sums.length; b++) {
            assertThat(rows.get(b).getDouble(3)).isCloseTo(expected[b], within(1e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gdpo", "pareto-rank", "hypervolume"})
    void jointAdvantagesTrainToTheSameBytes(String method) throws IOException {
        String[] settings = {"method=" + method, GRPO, "partitions=1"};
        Map<String, String> whole = run("whole", settings);
        assertThat(whole).containsKey("state/policy.safetensors");
        assertThat(run("spread", "method=" + method, GRPO, "execution=staged", "partitions=1000"))
                .isEqualTo(whole);
        List<String> cut = List.of(SMALL, "method=" + method, GRPO);
        assertThatThrownBy(() -> TinyRun.run(folder.resolve("cut"), TinyRun.job(""), cut, TinyRun.failingIn(2)))
                .hasMessage("cut");
        assertThat(TinyRun.run(folder.resolve("cut"), TinyRun.job(""), cut, TinyRun.SILENT))
                .isEqualTo(whole);
        for (JsonObject step : steps("whole")) {
            assertThat(step.has("mw.coefficient")).isEqualTo(!method.equals("pareto-rank"));
        }
    }

    @Test
    void coefficientsFollowTheHypervolumeAndAddUpToOne() throws IOException {
        run("run", "method=hypervolume", GRPO, "rounds=1");
        for (JsonObject step : steps("run")) {
            double sum = 0;
            for (String reward : new String[] {"mw", "logp", "fluency"}) {
                sum += step.get(reward + ".coefficient").getAsDouble();
            }
            assertThat(sum).isCloseTo(1, within(1e-12));
            assertThat(step.get("mw.coefficient").getAsDouble()).isNotCloseTo(0.4, within(1e-3));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gdpo", "pareto-rank", "hypervolume"})
    void jointAdvantagesRaiseRewards(String method) throws IOException {
        TinyRun.run(
                folder.resolve("run"),
                TinyRun.job(""),
                List.of(
                        "method=" + method,
                        GRPO,
                        "evaluation={samples: 100, round-samples: 0}",
                        "rounds=3",
                        "steps-per-round=4",
                        "samples-per-step=64",
                        "optimizer.learning-rate=0.01"),
                TinyRun.SILENT);
        JsonObject summary = JsonParser.parseString(Files.readString(folder.resolve("run/summary.json")))
                .getAsJsonObject();
        assertThat(summary.getAsJsonObject("after")
                        .getAsJsonObject("geometric_mean")
                        .get("low")
                        .getAsDouble())
                .isGreaterThan(summary.getAsJsonObject("before")
                        .getAsJsonObject("geometric_mean")
                        .get("high")
                        .getAsDouble());
    }
}
