package io.solera.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.solera.lang.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A manifest with a right hash may still be of somebody who means harm: only what the store itself writes is taken. */
class TestHostileManifest {
    @TempDir
    private Path folder;

    private Path run;
    private Path manifest;

    @BeforeEach
    void twoRounds() throws IOException {
        run = folder.resolve("run");
        try (RunFolder opened = Runs.open(run)) {
            Runs.commit(opened, 0);
            Runs.commit(opened, 1);
        }
        manifest = run.resolve("rounds/00000/manifest.json");
    }

    /** Changes the manifest of round 0, and its hash with it. */
    private void rewrite(Consumer<JsonObject> change) throws IOException {
        JsonObject json = JsonParser.parseString(Files.readString(manifest)).getAsJsonObject();
        json.remove("sha256");
        change.accept(json);
        json.addProperty("sha256", Sha256.of(json.toString()));
        Files.writeString(manifest, json.toString());
    }

    private void assertRefused(String rule) {
        assertThatThrownBy(() -> {
                    try (RunFolder opened = Runs.open(run)) {
                        opened.prune(1, Set.of(1));
                    }
                })
                .isInstanceOf(DamagedRunException.class)
                .hasMessageStartingWith("Cannot read round 0: " + manifest)
                .hasMessageContaining(rule);
        assertThatThrownBy(() -> Rounds.of(run.toString(), new Configuration()).all())
                .isInstanceOf(DamagedRunException.class);
    }

    @Test
    void aFormatOfALaterSoleraIsRefused() throws IOException {
        rewrite(json -> json.addProperty("format", 2));
        assertRefused("has format 2 (must be 1; use the version of Solera that wrote it)");
        rewrite(json -> json.remove("format"));
        assertThat(Rounds.of(run.toString(), new Configuration()).all()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../../foreign", "..", ".", "", "/etc", "0badcafe/..", "0badcafe/../../../../foreign", "0BADCAFE",
                        "0badcafe ",
                "0badcafe\u0000", "0badcafe\n", "work", "manifest.json", "file:/etc", "%2e%2e", "..\\foreign",
                        "0badcaf", "0badcafe1"
            })
    void anAttemptIsNamedAsTheStoreNamesIt(String attempt) throws IOException {
        Path foreign = Files.createDirectories(folder.resolve("foreign/policy"));
        Files.writeString(foreign.resolve("thesis.tex"), "years of work");
        rewrite(json -> json.addProperty("attempt", attempt));
        assertRefused("attempt is ");
        assertThat(foreign.resolve("thesis.tex")).exists();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../x",
                "policy/../../x",
                "/etc/passwd",
                "",
                "policy//x",
                "policy/",
                "./x",
                "policy/.",
                "a\\b",
                "a:b",
                "a\u0007b",
                "blend.json"
            })
    void aFileIsNamedAsTheStoreNamesIt(String name) throws IOException {
        rewrite(json -> {
            JsonArray files = json.getAsJsonArray("files");
            files.add(files.get(0).deepCopy());
            files.get(0).getAsJsonObject().addProperty("name", "blend.json");
            files.get(1).getAsJsonObject().addProperty("name", name);
        });
        assertRefused("name is ");
    }

    @Test
    void everyValueHasItsTypeWhateverTheHashSays() throws IOException {
        String whole = Files.readString(manifest);
        JsonObject deep = new JsonObject();
        JsonObject at = deep;
        for (int i = 0; i < 200; i++) {
            JsonObject inner = new JsonObject();
            at.add("a", inner);
            at = inner;
        }
        List<JsonElement> values = List.of(
                JsonNull.INSTANCE,
                new JsonPrimitive(1e308),
                JsonParser.parseString("1e999999999"),
                JsonParser.parseString("-1"),
                JsonParser.parseString("1.5"),
                JsonParser.parseString("99999999999999999999999999"),
                new JsonPrimitive(true),
                new JsonPrimitive("x"),
                new JsonArray(),
                deep);
        for (String key : List.of("round", "attempt", "run", "files", "metrics", "name", "bytes", "sha256")) {
            boolean inside = List.of("name", "bytes", "sha256").contains(key);
            for (int i = 0; i <= values.size(); i++) {
                JsonElement value = i < values.size() ? values.get(i) : null;
                boolean text = List.of("name", "run").contains(key) && new JsonPrimitive("x").equals(value);
                if (text
                        || (key.equals("metrics") && value instanceof JsonObject)
                        || (key.equals("files") && value instanceof JsonArray)) {
                    continue; // as it should be
                }
                Files.writeString(manifest, whole);
                rewrite(json -> {
                    JsonObject changed =
                            inside ? json.getAsJsonArray("files").get(0).getAsJsonObject() : json;
                    changed.remove(key);
                    if (value != null) {
                        changed.add(key, value);
                    }
                });
                assertThatThrownBy(() ->
                                Rounds.of(run.toString(), new Configuration()).all())
                        .as("%s = %s", key, value)
                        .isInstanceOf(DamagedRunException.class)
                        .hasMessageMatching(
                                "(?s)Cannot read round 0: " + manifest + "(: | is ).*(must be|another round).*");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"pruned\": 1}",
                "{}",
                "{\"pruned\": [\"../../x\"]}",
                "{\"pruned\": [null]}",
                "{\"pruned\": [[]]}"
            })
    void prunedFoldersAreThoseThatArePruned(String pruned) throws IOException {
        Files.writeString(run.resolve("rounds/00000/pruned.json"), pruned);
        assertThatThrownBy(() -> Rounds.of(run.toString(), new Configuration()).all())
                .isInstanceOf(DamagedRunException.class)
                .hasMessageContaining("pruned.json: pruned is ");
    }

    @Test
    void aRoundHasOneName() throws IOException {
        Files.move(run.resolve("rounds/00001"), run.resolve("rounds/000001"));
        assertThat(Rounds.of(run.toString(), new Configuration()).all()).hasSize(1);
    }
}
