package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.solera.bench.Repeats;
import io.solera.bench.RoundBenchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestBenchCommand {
    @TempDir
    Path folder;

    @Test
    void writesEveryFigure() throws IOException {
        Commands.writeModel(folder.resolve("model"));
        Path output = folder.resolve("bench.json");

        Commands.Outcome outcome = Commands.run(
                "bench",
                "--model",
                folder.resolve("model").toString(),
                "--seconds",
                "0.01",
                "--output",
                output.toString());

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).contains("sampling", "update", "scoring, qed", "round", "peak resident memory");
        JsonObject json = JsonParser.parseString(Files.readString(output)).getAsJsonObject();
        assertThat(json.getAsJsonObject("sampling").get("tokens_per_second").getAsDouble())
                .isPositive();
        assertThat(json.getAsJsonObject("update").get("tokens_per_second").getAsDouble())
                .isPositive();
        assertThat(json.getAsJsonObject("scoring").keySet()).contains("qed", "sa", "logp", "mw", "tpsa", "fluency");
        assertThat(json.getAsJsonObject("round").get("update_seconds").getAsDouble())
                .isPositive();
        assertThat(json.getAsJsonObject("versions").keySet()).contains("solera", "java", "spark", "processor");
    }

    @Test
    void aRoundIsTheMedianOfItsParts() {
        String round =
                "{\"seconds\": %s, \"steps\": [{\"generation_seconds\": 1, \"scoring_seconds\": 0.5, \"update_seconds\": 2},"
                        + " {\"generation_seconds\": 1, \"scoring_seconds\": 0.5, \"update_seconds\": 3}]}";
        List<JsonObject> rounds = List.of("10", "9", "20").stream()
                .map(seconds -> JsonParser.parseString(round.formatted(seconds)).getAsJsonObject())
                .toList();

        RoundBenchmark result = RoundBenchmark.of(rounds);

        assertThat(result.seconds()).isEqualTo(10);
        assertThat(result.generation()).isEqualTo(2);
        assertThat(result.scoring()).isEqualTo(1);
        assertThat(result.update()).isEqualTo(5);
        assertThat(result.rest()).isCloseTo(2, within(1e-12));
    }

    @Test
    void repeatsAtLeastThreeTimesAfterTheFirst() throws Exception {
        int[] runs = new int[1];

        Repeats repeats = Repeats.of(1e-9, () -> {
            runs[0]++;
            return new long[] {1};
        });

        assertThat(repeats.count()).isEqualTo(3);
        assertThat(runs[0]).isEqualTo(4);
    }

    @Test
    void wantsATime() {
        assertThat(Commands.run("bench", "--seconds", "0").err())
                .isEqualTo("solera: Invalid seconds: 0.0 (must be above 0)\n");
    }
}
