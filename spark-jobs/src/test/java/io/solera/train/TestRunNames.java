package io.solera.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.solera.config.RewardField;
import io.solera.config.RewardNames;
import io.solera.reward.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a run names is a reward's own or refused as the name of one. */
class TestRunNames {
    private static final String REWARDS = """
            rewards: {mw: {shaping: 'linear(20, 140)'}, length: {shaping: 'linear(0, 6)'}}
            rounds: 1
            steps-per-round: 1
            samples-per-step: 16
            sampling: {max-new-tokens: 10, temperature: 1}
            """;

    @TempDir
    private Path folder;

    @Test
    void everyColumnAndNumberOfARunIsARewardsOwnOrReserved() throws IOException {
        run("ppo", """
                algorithm: {name: ppo}
                blend: {outer-momentum: 0.5}
                diversity-filter: {}
                replay: {}
                evaluation: {samples: 20, round-samples: 20, aggregates: [product, pareto-rank]}
                """);
        run("dap", """
                method: morlhf
                algorithm: {name: dap}
                stages: [{rewards: [mw, length], max-rounds: 1}]
                evaluation: {samples: 20, round-samples: 20}
                """);
    }

    private void run(String name, String more) throws IOException {
        Path run = folder.resolve(name);
        TinyRun.run(run, REWARDS + more, List.of(), TinyRun.SILENT);
        List<String> names = new ArrayList<>();
        for (String table : List.of("rollouts.parquet", "evaluation.parquet")) {
            String[] columns =
                    TinyRun.spark().read().parquet(run + "/rounds/*/*/" + table).columns();
            assertThat(columns).contains("mw", "mw_shaped", "mw_status", "text", "sample_id");
            names.addAll(Arrays.asList(columns));
        }
        for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
            names.addAll(JsonParser.parseString(line).getAsJsonObject().keySet());
        }
        names.addAll(
                List.of(Files.readAllLines(run.resolve("molecules.csv")).get(0).split(",", -1)));
        try (Stream<Path> files = Files.walk(run.resolve("rounds"))) {
            files.filter(file -> file.getParent().endsWith("state"))
                    .map(file -> file.getFileName().toString().replace(".safetensors", ""))
                    .filter(file -> !file.startsWith("."))
                    .forEach(names::add);
        }
        List<String> own = new ArrayList<>();
        for (String reward : List.of("mw", "length")) {
            own.addAll(RewardField.allOf(reward));
            Arrays.stream(Status.values()).forEach(status -> own.add(reward + "." + status.text()));
        }
        assertThat(names)
                .contains("sample_length", "length_seconds", "front")
                .allSatisfy(one -> assertThat(
                                own.contains(one) || RewardNames.reserved().containsKey(one))
                        .as(one)
                        .isTrue());
    }
}
