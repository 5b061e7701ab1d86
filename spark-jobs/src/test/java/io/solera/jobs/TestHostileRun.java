package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.solera.rl.RandomKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The JSON of a run that somebody changed, hashes included: read, or refused in one line; never an exception of Java's.
 */
class TestHostileRun {
    private static final int REPORTS = 30;
    private static final int RESUMES = 8;

    @TempDir
    private Path folder;

    private Path run;

    @BeforeEach
    void aRun() throws IOException {
        run = folder.resolve("run");
        TestKilledRun.model(folder.resolve("model"));
        Files.writeString(folder.resolve("job.yaml"), """
                model: %s
                rewards:
                  mw: {shaping: 'linear(20, 140)', at-least: 60}
                  logp:
                rounds: 1
                steps-per-round: 1
                samples-per-step: 16
                micro-batch: 16
                sampling: {max-new-tokens: 10, temperature: 1}
                algorithm: {name: rloo, epochs: 1, minibatches: 1}
                evaluation: {samples: 64, round-samples: 0}
                """.formatted(folder.resolve("model")));
        assertThat(train())
                .satisfies(
                        outcome -> assertThat(outcome.code()).as(outcome.err()).isZero());
    }

    private Commands.Outcome train(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("train", "--config", folder.resolve("job.yaml").toString(), "--run-dir", run.toString()));
        arguments.addAll(List.of(more));
        return Commands.run(arguments.toArray(String[]::new));
    }

    private static void assertReadOrRefused(Commands.Outcome outcome, String change) {
        assertThat(outcome.code()).as("%s: %s", change, outcome.err()).isIn(0, 2, 3);
        if (outcome.code() != 0) {
            assertThat(outcome.err())
                    .as(change)
                    .hasLineCount(1)
                    .startsWith("solera: ")
                    .doesNotContain("java.", "gson", "Not a JSON")
                    .containsAnyOf("Cannot ", "Invalid ");
        }
    }

    @Test
    void reportsReadOrRefuse() throws IOException {
        List<Path> files = List.of(
                run.resolve("rounds/00000/manifest.json"),
                run.resolve("rounds/00001/manifest.json"),
                run.resolve("summary.json"));
        for (int i = 0; i < REPORTS; i++) {
            Path file = files.get(i % files.size());
            String whole = Files.readString(file);
            String change = mutate(file, RandomKey.of(7).with(i));
            assertReadOrRefused(Commands.run("report", run.toString()), change);
            Files.writeString(file, whole);
        }
        assertThat(Commands.run("report", run.toString()).code()).isZero();
    }

    @Test
    void resumedRunsReadOrRefuse() throws IOException {
        for (int i = 0; i < RESUMES; i++) {
            Path file = run.resolve("rounds/0000%d/manifest.json".formatted(i % 2));
            String whole = Files.readString(file);
            String change = mutate(file, RandomKey.of(11).with(i));
            assertReadOrRefused(train("--resume"), change);
            Files.writeString(file, whole);
        }
        assertThat(train("--resume").code()).isZero();
    }

    @Test
    void aKeyThatIsMissingIsNamedWithItsFile() throws IOException {
        Path file = run.resolve("rounds/00001/manifest.json");
        JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        json.getAsJsonObject("metrics")
                .getAsJsonObject("evaluation")
                .getAsJsonObject("kl")
                .remove("low");
        json.remove("sha256");
        json.addProperty("sha256", sha256(json.toString()));
        Files.writeString(file, json.toString());
        for (Commands.Outcome outcome : List.of(train("--resume"), Commands.run("report", run.toString()))) {
            assertThat(outcome.code()).isEqualTo(3);
            assertThat(outcome.err())
                    .contains("Cannot read ", "rounds/00001/manifest.json: evaluation.kl.low is missing;");
        }
    }

    /** Puts another value at a random place, and the right hash over it. */
    private static String mutate(Path file, RandomKey key) throws IOException {
        JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        json.remove("sha256");
        JsonElement at = json;
        StringBuilder path = new StringBuilder(file.toString());
        for (int depth = 0; ; depth++) {
            RandomKey here = key.with(depth);
            if (at instanceof JsonObject object && !object.isEmpty()) {
                List<Map.Entry<String, JsonElement>> entries = List.copyOf(object.entrySet());
                Map.Entry<String, JsonElement> entry = entries.get(here.permutation(entries.size())[0]);
                path.append('.').append(entry.getKey());
                if (isLeaf(entry.getValue()) || here.with("stop").permutation(4)[0] == 0) {
                    JsonElement value = value(here);
                    object.remove(entry.getKey());
                    if (value != null) {
                        object.add(entry.getKey(), value);
                    }
                    path.append(" = ").append(value);
                    break;
                }
                at = entry.getValue();
            } else {
                JsonArray array = at.getAsJsonArray();
                int place = here.permutation(array.size())[0];
                path.append('.').append(place);
                if (isLeaf(array.get(place))) {
                    array.set(place, new JsonPrimitive("x"));
                    break;
                }
                at = array.get(place);
            }
        }
        json.addProperty("sha256", sha256(json.toString()));
        Files.writeString(file, json.toString());
        return path.toString();
    }

    private static boolean isLeaf(JsonElement value) {
        return value instanceof JsonObject object
                ? object.isEmpty()
                : !(value instanceof JsonArray array) || array.isEmpty();
    }

    private static @org.jspecify.annotations.Nullable JsonElement value(RandomKey key) {
        return switch (key.with("value").permutation(9)[0]) {
            case 0 -> null;
            case 1 -> JsonNull.INSTANCE;
            case 2 -> new JsonPrimitive("x");
            case 3 -> new JsonPrimitive(true);
            case 4 -> JsonParser.parseString("1e999999");
            case 5 -> JsonParser.parseString("-99999999999999999999999");
            case 6 -> new JsonArray();
            case 7 -> JsonParser.parseString("[".repeat(100) + "]".repeat(100));
            default -> new JsonObject();
        };
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
