package io.solera.train.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

public class TestCollapse {
    private static final JsonObject START = evaluation(2000, 0.97, 1, 0.001, 40, 0);

    @Test
    void aPolicyThatLearnedIsWhole() {
        assertThat(Collapse.of(START, START)).isEmpty();
        assertThat(Collapse.of(START, evaluation(200, 0.92, 0.8, 0.03, 36, 12))).isEmpty();
        assertThat(Collapse.of(START, evaluation(200, 0.5, 0.6, 0.09, 36, 30))).isEmpty();
    }

    @Test
    void validityThatFellByMoreThanHalfIsACollapse() {
        assertThat(Collapse.of(START, evaluation(200, 0.01, 1, 0.01, 40, 20)))
                .containsExactly("validity fell from 97.0 % to 1.0 %");
    }

    @Test
    void aFewSamplesMustFallFurtherToTell() {
        // the 95 % interval of 6 of 16 reaches 0.61, that of 2 of 16 only 0.36
        assertThat(Collapse.of(START, evaluation(16, 6 / 16.0, 1, 1 / 16.0, 40, 0)))
                .isEmpty();
        assertThat(Collapse.of(START, evaluation(16, 2 / 16.0, 1, 1 / 16.0, 40, 0)))
                .containsExactly("validity fell from 97.0 % to 12.5 %");
    }

    @Test
    void oneTextOverAndOverIsACollapse() {
        assertThat(Collapse.of(START, evaluation(200, 1, 0.115, 0.4, 40, 15)))
                .containsExactly("uniqueness fell from 100.0 % to 11.5 %", "one text makes up 40.0 % of the samples");
    }

    @Test
    void aPolicyThatAlwaysRepeatedItselfHasNotCollapsed() {
        JsonObject start = evaluation(200, 1, 0.2, 0.4, 4, 0);
        assertThat(Collapse.of(start, evaluation(200, 1, 0.15, 0.6, 4, 1))).isEmpty();
    }

    @Test
    void moreThanANatPerTokenIsACollapse() {
        assertThat(Collapse.of(START, evaluation(200, 0.97, 1, 0.01, 30, 38)))
                .containsExactly("the KL to the reference rose to 38.0 nats per sample (1.3 per token, of which at most"
                        + " 1 is sound)");
    }

    @Test
    void whereNoMoleculeIsLeftUniquenessSaysNothing() {
        JsonObject none = evaluation(200, 0, 1, 0.01, 40, 0);
        none.add("uniqueness", null);
        assertThat(Collapse.of(START, none)).containsExactly("validity fell from 97.0 % to 0.0 %");
    }

    public static JsonObject evaluation(
            int samples, double validity, double uniqueness, double common, double length, double kl) {
        String text = """
                {"samples": %d, "validity": %s, "uniqueness": %s, "most_common": %s, "length": %s, "kl": {"mean": %s},
                 "rewards": {"qed": {}, "sa": {}}, "hypervolume": {"mean": 0.5}}""";
        return JsonParser.parseString(text.formatted(samples, validity, uniqueness, common, length, kl))
                .getAsJsonObject();
    }
}
