package io.solera.reward.learned;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.reward.Reward;
import io.solera.reward.Score;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestShippedModels {
    private static final long MIB = 1 << 20;

    /** SB-216763, an inhibitor of GSK3; SP600125, an inhibitor of JNK; aspirin. */
    private static final List<String> MOLECULES = List.of(
            "Cn1cc(C2=C(c3ccc(Cl)cc3Cl)C(=O)NC2=O)c2ccccc21",
            "O=C1c2ccccc2-c2n[nH]c3cccc1c23",
            "CC(=O)Oc1ccccc1C(=O)O");

    @Test
    void tellInhibitorsFromOtherMolecules() throws IOException {
        assertThat(values("gsk3").get(0)).isGreaterThan(0.5);
        assertThat(values("gsk3").subList(2, 3))
                .allSatisfy(value -> assertThat(value).isLessThan(0.05));
        assertThat(values("jnk3").subList(2, 3))
                .allSatisfy(value -> assertThat(value).isLessThan(0.05));
    }

    @Test
    void knowTheirActives() throws IOException {
        for (String name : LearnedModel.SHIPPED) {
            LearnedModel model = LearnedModel.shipped(name);
            assertThat(model.task()).isEqualTo(Task.CLASSIFICATION);
            assertThat(model.tasks()).containsExactly(name);
        }
        assertThat(LearnedModel.shipped("gsk3").known().get(0)).hasDimensions(3168, 32);
        assertThat(LearnedModel.shipped("jnk3").known().get(0)).hasDimensions(903, 32);
        Reward near = Prediction.applicability(LearnedModel.shipped("gsk3"), "");
        assertThat(near.score(List.of("CCCCCCCC")).get(0).value()).isBetween(0.1, 0.3);
    }

    @Test
    void areSmallAndSayWhereTheyComeFrom() throws IOException {
        for (String name : LearnedModel.SHIPPED) {
            long size = 0;
            for (String file : List.of(
                    "config.json", "model.safetensors", "fingerprints.bin.gz", "README.md", "calibration.svg")) {
                try (InputStream in = LearnedModel.class.getResourceAsStream(name + "/" + file)) {
                    byte[] bytes = in.readAllBytes();
                    size += bytes.length;
                    if (file.equals("README.md")) {
                        assertThat(new String(bytes, java.nio.charset.StandardCharsets.UTF_8))
                                .contains("CC BY-SA 3.0");
                    }
                }
            }
            assertThat(size).isLessThan(4 * MIB);
        }
    }

    private static List<Double> values(String name) throws IOException {
        return new Prediction(LearnedModel.shipped(name), "", Domain.ANYWHERE)
                .score(MOLECULES).stream().map(Score::value).toList();
    }
}
