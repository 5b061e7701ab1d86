package io.solera.train.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.model.Completion;
import io.solera.store.DamagedRunException;
import io.solera.train.rollout.Prompt;
import io.solera.train.rollout.RewardColumns;
import io.solera.train.rollout.RolloutSample;
import io.solera.train.rollout.ScoredSample;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files of the best samples are read as they were written. */
class TestBestSamples {
    private static final List<String> REWARDS = List.of("qed", "mw");

    @Test
    void moleculesAreWrittenByRankAndReadByTheNamesOfTheirColumns() throws IOException {
        List<BestSample> best = BestMolecules.of(
                List.of(sample(null, "CCO", 0.5, 0.25), sample(null, "OCC", 0.9, 0.9), sample(null, "CCN", 0.5, 0.5)),
                REWARDS,
                List.of());
        String csv = BestMolecules.csv(best, REWARDS);
        assertThat(csv).isEqualTo("""
                smiles,front,geometric_mean,qed,qed_shaped,mw,mw_shaped
                CCN,true,0.500000,5.00000,0.500000,5.00000,0.500000
                CCO,false,0.353553,5.00000,0.500000,2.50000,0.250000
                """);
        assertThat(BestMolecules.read(csv, REWARDS, "f"))
                .usingRecursiveComparison()
                .withComparatorForType((a, b) -> Math.abs(a - b) < 1e-6 ? 0 : 1, Double.class)
                .isEqualTo(best);
        String turned = "mw_shaped,mw,qed_shaped,qed,geometric_mean,front,smiles\n1,2,3,NaN,5,true,\"C,\"\"C\n\"\n";
        BestSample read = BestMolecules.read(turned, REWARDS, "f").get(0);
        assertThat(read.text()).isEqualTo("C,\"C\n");
        assertThat(read.raw()).containsExactly(Double.NaN, 2);
        assertThat(read.shaped()).containsExactly(3, 1);
        assertThat(read.geometricMean()).isEqualTo(5);
    }

    @Test
    void aTextWithSeparatorsAndQuotesIsReadAsItWas() throws IOException {
        String text = "a, \"b\"\r\nc";
        BestSample best = new BestSample(null, text, true, 1, new double[] {1, 2}, new double[] {1, 1});
        assertThat(BestMolecules.read(BestMolecules.csv(List.of(best), REWARDS), REWARDS, "f"))
                .singleElement()
                .extracting(BestSample::text)
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "smiles,front,geometric_mean,qed,qed_shaped,mw | it has no column mw_shaped",
                "smiles,front,geometric_mean,qed,qed_shaped,mw,mw_shaped#CC,true,1 | row 1 has no cell 4",
                "smiles,front,geometric_mean,qed,qed_shaped,mw,mw_shaped#CC,true,x,1,1,1,1 | cell 3 of row 1"
                        + " is x (must be a number)"
            })
    void whatIsNoTableOfMoleculesIsRefused(String csv, String why) {
        assertThatThrownBy(() -> BestMolecules.read(csv.replace('#', '\n'), REWARDS, "run/molecules.csv"))
                .isInstanceOf(DamagedRunException.class)
                .hasMessage("Cannot read run/molecules.csv: %s; if nobody changed it, please report it", why);
    }

    @Test
    void textsAreReadAsTheyWereWrittenWithTheirPromptsAndMissingRewards() throws IOException {
        List<ScoredSample> samples = List.of(
                sample("Say, \"a\"", "b\nc", 0.5, 0.5),
                sample(null, "d", List.of(reward(Double.NaN, 0.25), reward(2.5, 0.25))),
                sample(null, "d", 0.25, 0.25));
        String lines = BestTexts.lines(samples, REWARDS, List.of());
        assertThat(lines).isEqualTo("""
                {"prompt":"Say, \\"a\\"","text":"b\\nc","front":true,"geometric_mean":0.5,\
                "qed":5.0,"qed_shaped":0.5,"mw":5.0,"mw_shaped":0.5}
                {"text":"d","front":false,"geometric_mean":0.25,"qed":NaN,"qed_shaped":0.25,"mw":2.5,"mw_shaped":0.25}
                """);
        List<BestSample> read = BestTexts.read(lines, REWARDS, "f");
        assertThat(read).extracting(BestSample::prompt).containsExactly("Say, \"a\"", null);
        assertThat(read).extracting(BestSample::text).containsExactly("b\nc", "d");
        assertThat(read.get(1).raw()).containsExactly(Double.NaN, 2.5);
        assertThatThrownBy(() -> BestTexts.read("{\"front\": true}\n", REWARDS, "run/samples.jsonl"))
                .isInstanceOf(DamagedRunException.class)
                .hasMessage("Cannot read run/samples.jsonl: text is missing; if nobody changed it, please report it");
    }

    private static ScoredSample sample(@Nullable String prompt, String text, double qed, double mw) {
        return sample(prompt, text, List.of(reward(10 * qed, qed), reward(10 * mw, mw)));
    }

    private static ScoredSample sample(@Nullable String prompt, String text, List<RewardColumns> rewards) {
        return new ScoredSample(
                new RolloutSample(
                        0,
                        "evaluation",
                        0,
                        0,
                        text,
                        0,
                        new Prompt(prompt, new int[] {1}, Map.of()),
                        new Completion(new int[] {2}, new float[1], true),
                        0),
                rewards);
    }

    private static RewardColumns reward(double raw, double shaped) {
        return new RewardColumns(raw, shaped, "ok", 0);
    }
}
