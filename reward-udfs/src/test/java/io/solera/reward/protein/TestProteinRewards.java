package io.solera.reward.protein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestProteinRewards {
    private static double value(Reward reward, String protein) {
        Score score = reward.score(List.of(protein)).get(0);
        assertThat(score.status()).isEqualTo(Status.OK);
        return score.value();
    }

    private static Status status(Reward reward, String protein) {
        return reward.score(List.of(protein)).get(0).status();
    }

    /** The worked numbers of EMBOSS' hmoment for this peptide: 0.52 and 0.271. */
    @Test
    void momentOfAFrogPeptide() {
        String peptide = "FLPVLAGLTPSIVPKLVCLLTKKC";
        assertThat(value(ProteinRewards.hydrophobicMoment("eisenberg", 11, 100), peptide))
                .isCloseTo(0.5199226, within(5e-8));
        assertThat(value(ProteinRewards.hydrophobicMoment("eisenberg", 11, 160), peptide))
                .isCloseTo(0.2705906, within(5e-8));
    }

    @Test
    void oneTurnOfTheSameResidueHasNoMoment() {
        assertThat(value(ProteinRewards.hydrophobicMoment("eisenberg", 18, 100), "L".repeat(18)))
                .isCloseTo(0, within(1e-12));
    }

    @Test
    void rareResiduesHaveAWeightOnly() {
        assertThat(value(ProteinRewards.molecularWeight(), "U")).isEqualTo(168.0532);
        assertThat(value(ProteinRewards.molecularWeight(), "GO")).isCloseTo(75.0666 + 255.3134 - 18.0153, within(1e-9));
        assertThat(status(ProteinRewards.hydropathy("kyte-doolittle"), "MU")).isEqualTo(Status.NOT_APPLICABLE);
        assertThat(status(ProteinRewards.molecularWeight(), "MB")).isEqualTo(Status.NOT_APPLICABLE);
    }

    @Test
    void chainsShorterThanAWindowHaveNoValue() {
        assertThat(status(ProteinRewards.flexibility(), "ACDEFGHI")).isEqualTo(Status.NOT_APPLICABLE);
        assertThat(value(ProteinRewards.flexibility(), "AAAAAAAAA")).isCloseTo(0.984, within(1e-12));
        assertThat(status(ProteinRewards.hydrophobicMoment("eisenberg", 11, 100), "ACDEFGHIKL"))
                .isEqualTo(Status.NOT_APPLICABLE);
        assertThat(status(ProteinRewards.instabilityIndex(), "A")).isEqualTo(Status.NOT_APPLICABLE);
    }

    @Test
    void chargeVanishesAtTheIsoelectricPoint() {
        for (String protein :
                List.of("G", "DDDD", "EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEE", "KKKK", "MKVLAAGIW")) {
            double point = value(ProteinRewards.isoelectricPoint(), protein);
            assertThat(value(ProteinRewards.charge(point), protein)).as(protein).isCloseTo(0, within(1e-9));
        }
    }

    @Test
    void isoelectricPointLeavesBiopythonsRange() {
        assertThat(value(ProteinRewards.isoelectricPoint(), "D".repeat(50))).isLessThan(4.05);
        assertThat(value(ProteinRewards.isoelectricPoint(), "R".repeat(50))).isGreaterThan(12);
        assertThat(value(ProteinRewards.isoelectricPoint(), "R".repeat(500))).isCloseTo(14, within(1e-9));
        assertThat(value(ProteinRewards.isoelectricPoint(), "D".repeat(50_000))).isCloseTo(0, within(1e-9));
    }

    @Test
    void disulfidesTakeCysteinesInPairs() {
        assertThat(value(ProteinRewards.extinctionReduced(), "WYCCC")).isEqualTo(6990);
        assertThat(value(ProteinRewards.extinctionDisulfide(), "WYCCC")).isEqualTo(7115);
    }

    @Test
    void unknownScaleIsRefused() {
        assertThat(ProteinRewards.scales()).hasSize(21).contains("kyte-doolittle", "hopp-woods", "eisenberg");
        assertThatThrownBy(() -> ProteinRewards.hydropathy("kyte"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Invalid scale: kyte (must be one of kyte-doolittle, ");
    }

    @Test
    void lineBreaksSpacesAndAFinalStarCountAsNothing() {
        String plain = "MKVLAAGIWFLPVLAGL";
        for (Reward reward : List.of(
                ProteinRewards.molecularWeight(),
                ProteinRewards.isoelectricPoint(),
                ProteinRewards.hydropathy("kyte-doolittle"),
                ProteinRewards.instabilityIndex(),
                ProteinRewards.flexibility(),
                ProteinRewards.hydrophobicMoment("eisenberg", 11, 100))) {
            for (String text : List.of(plain + "*", "\nMKVLAAGIW\nFLPVLAGL\n", "MKV LAA\tGIW\r\nFLPVLAGL *\n")) {
                assertThat(value(reward, text)).as(text).isEqualTo(value(reward, plain));
            }
            for (String text : List.of("MKVLA*AGIWFLPVLAGL", plain + "**", "*", "\n", plain + "\u00a0")) {
                assertThat(status(reward, text)).as(text).isEqualTo(Status.INVALID_INPUT);
            }
        }
    }
}
