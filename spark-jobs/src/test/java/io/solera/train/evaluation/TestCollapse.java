package io.solera.train.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.solera.store.DamagedRunException;
import io.solera.store.RecordJson;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;

public class TestCollapse {
    private static final JsonObject START = evaluation(2000, 0.97, 1, 0.001, 40, 0);

    @Test
    void aPolicyThatLearnedIsWhole() {
        assertThat(of(START, START)).isEmpty();
        assertThat(of(START, evaluation(200, 0.92, 0.8, 0.03, 36, 12))).isEmpty();
        assertThat(of(START, evaluation(200, 0.5, 0.6, 0.09, 36, 30))).isEmpty();
    }

    @Test
    void validityThatFellByMoreThanHalfIsACollapse() {
        assertThat(of(START, evaluation(200, 0.01, 1, 0.01, 40, 20)))
                .containsExactly("validity fell from 97.0 % to 1.0 %");
    }

    @Test
    void aFewSamplesMustFallFurtherToTell() {
        // the 95 % interval of 6 of 16 reaches 0.61, that of 2 of 16 only 0.36
        assertThat(of(START, evaluation(16, 6 / 16.0, 1, 1 / 16.0, 40, 0))).isEmpty();
        assertThat(of(START, evaluation(16, 2 / 16.0, 1, 1 / 16.0, 40, 0)))
                .containsExactly("validity fell from 97.0 % to 12.5 %");
    }

    @Test
    void oneTextOverAndOverIsACollapse() {
        assertThat(of(START, evaluation(200, 1, 0.115, 0.4, 40, 15)))
                .containsExactly("uniqueness fell from 100.0 % to 11.5 %", "one text makes up 40.0 % of the samples");
    }

    @Test
    void aPolicyThatAlwaysRepeatedItselfHasNotCollapsed() {
        JsonObject start = evaluation(200, 1, 0.2, 0.4, 4, 0);
        assertThat(of(start, evaluation(200, 1, 0.15, 0.6, 4, 1))).isEmpty();
    }

    @Test
    void moreThanANatPerTokenIsACollapse() {
        assertThat(of(START, evaluation(200, 0.97, 1, 0.01, 30, 38)))
                .containsExactly("the KL to the reference rose to 38.0 nats per sample (1.3 per token, of which at most"
                        + " 1 is sound)");
    }

    @Test
    void whereNoMoleculeIsLeftUniquenessSaysNothing() {
        JsonObject none = evaluation(200, 0, 1, 0.01, 40, 0);
        none.add("uniqueness", null);
        assertThat(of(START, none)).containsExactly("validity fell from 97.0 % to 0.0 %");
    }

    private static List<String> of(JsonObject start, JsonObject now) {
        return Collapse.of(measures(start), measures(now));
    }

    public static Measures measures(JsonObject json) {
        try {
            return RecordJson.read(json, Measures.class, "evaluation");
        } catch (DamagedRunException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonObject evaluation(
            int samples, double validity, double uniqueness, double common, double length, double kl) {
        String interval = "{\"mean\": 0.5, \"low\": null, \"high\": null}";
        String reward = "{\"shaped\": INTERVAL, \"raw\": INTERVAL, \"front\": 0.9}";
        String text = """
                {"samples": %d, "validity": %s, "uniqueness": %s, "most_common": %s, "length": %s,
                 "kl": {"mean": %s, "low": null, "high": null}, "rewards": {"qed": REWARD, "sa": REWARD},
                 "hypervolume": INTERVAL, "geometric_mean": INTERVAL,
                 "icv": {"per_sample": 1, "per_sample_median": 1, "of_means": 1}}""";
        return JsonParser.parseString(text.replace("REWARD", reward)
                        .replace("INTERVAL", interval)
                        .formatted(samples, validity, uniqueness, common, length, kl))
                .getAsJsonObject();
    }
}
