package io.solera.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestRecordJson {
    private record Inner(double perSample, boolean ended) {}

    private record Outer(
            int round,
            String policySha256,
            Map<String, Inner> byReward,
            List<String> warnings,
            @Nullable Double novelty,
            @Nullable Inner stage,
            Optional<String> stopped,
            @Nullable JsonObject blend) {}

    @Test
    void keysAreComponentsInTheirOrderAndBackAgain() throws IOException {
        Outer full = new Outer(
                7,
                "ab",
                Map.of("qed", new Inner(0.1, true)),
                List.of("one"),
                1.0,
                new Inner(2, false),
                Optional.of("why"),
                JsonParser.parseString("{\"any\": [1]}").getAsJsonObject());
        String text =
                "{\"round\":7,\"policy_sha256\":\"ab\",\"by_reward\":{\"qed\":{\"per_sample\":0.1,\"ended\":true}},"
                        + "\"warnings\":[\"one\"],\"novelty\":1.0,\"stage\":{\"per_sample\":2.0,\"ended\":false},"
                        + "\"stopped\":\"why\",\"blend\":{\"any\":[1]}}";
        assertThat(RecordJson.write(full)).hasToString(text);
        assertThat(read(text)).isEqualTo(full);
    }

    @Test
    void whatIsNotThereIsAbsentOrNull() throws IOException {
        Outer none = new Outer(
                0, "", Map.of("qed", new Inner(Double.NaN, true)), List.of(), null, null, Optional.empty(), null);
        String text =
                "{\"round\":0,\"policy_sha256\":\"\",\"by_reward\":{\"qed\":{\"per_sample\":null,\"ended\":true}},"
                        + "\"warnings\":[],\"stopped\":null}";
        assertThat(RecordJson.write(none)).hasToString(text);
        assertThat(read(text)).isEqualTo(none);
        assertThat(read(text.replace("\"stopped\"", "\"novelty\":null,\"other\":[],\"stopped\"")))
                .as("a measure that has no value, and a key of another version")
                .extracting(Outer::novelty)
                .isEqualTo(Double.NaN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | round is missing",
                "{\"round\": 1.5} | round is 1.5 (must be a whole number)",
                "{\"round\": 4294967296} | round is 4294967296 (must be a whole number)",
                "{\"round\": 1, \"policy_sha256\": 5} | policy_sha256 is 5 (must be a text)",
                "{\"round\": 1, \"policy_sha256\": \"\", \"by_reward\": []} | by_reward is [] (must be an object)",
                "{\"round\": 1, \"policy_sha256\": \"\", \"by_reward\": {\"qed\": {}}} |"
                        + " by_reward.qed.per_sample is missing",
                "{\"round\": 1, \"policy_sha256\": \"\", \"by_reward\": {\"qed\": {\"per_sample\": \"x\"}}} |"
                        + " by_reward.qed.per_sample is \"x\" (must be a number or null)",
                "{\"round\": 1, \"policy_sha256\": \"\", \"by_reward\": {\"qed\": {\"per_sample\": 1,"
                        + " \"ended\": 1}}} | by_reward.qed.ended is 1 (must be true or false)",
                "{\"round\": 1, \"policy_sha256\": \"\", \"by_reward\": {}, \"warnings\": [\"a\", 2]} |"
                        + " warnings[1] is 2 (must be a text)"
            })
    void whatIsWrongIsNamedWithFileAndKey(String text, String why) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(DamagedRunException.class)
                .hasMessage("Cannot read run/manifest.json: %s; if nobody changed it, please report it", why);
    }

    @Test
    void aNumberByNameMayBeAbsent() throws IOException {
        JsonObject json = JsonParser.parseString("{\"qed\": 0.5, \"sa\": null, \"mw\": {}, \"logp\": NaN}")
                .getAsJsonObject();
        assertThat(RecordJson.number(json, "qed", "f")).isEqualTo(0.5);
        assertThat(RecordJson.number(json, "sa", "f")).isNaN();
        assertThat(RecordJson.number(json, "tpsa", "f")).isNaN();
        assertThat(RecordJson.number(json, "logp", "f")).isNaN();
        assertThatThrownBy(() -> RecordJson.number(json, "mw", "run/samples.jsonl"))
                .isInstanceOf(DamagedRunException.class)
                .hasMessage("Cannot read run/samples.jsonl: mw is {} (must be a number or null); if nobody"
                        + " changed it, please report it");
    }

    private static Outer read(String text) throws IOException {
        return RecordJson.read(JsonParser.parseString(text).getAsJsonObject(), Outer.class, "run/manifest.json");
    }
}
