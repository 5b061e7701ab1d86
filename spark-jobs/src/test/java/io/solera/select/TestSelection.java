package io.solera.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.solera.reward.catalogue.Input;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TestSelection {
    private static final Kind MOLECULES = new Kind(Input.SMILES);
    private static final Kind PROTEINS = new Kind(Input.PROTEIN);

    private static Candidate candidate(String text) {
        return new Candidate(text, null, 1, "qed", 0, new double[] {0.5}, new double[] {0.5});
    }

    private static Selection of(Kind kind, Diversity diversity, int top, String... texts) {
        return Selection.of(
                List.of(texts).stream().map(TestSelection::candidate).iterator(), kind, diversity, top);
    }

    private static List<String> texts(Selection selection) {
        return selection.chosen().stream().map(Candidate::text).toList();
    }

    @Test
    void aMoleculeIsListedOnceWhateverItsSpelling() {
        Selection selection = of(MOLECULES, new Diversity.Any(), 9, "CCO", "OCC", "C1CC", "CCN");
        assertThat(texts(selection)).containsExactly("CCO", "CCN");
        assertThat(selection.leftOut()).containsExactly("  1: not a molecule", "  1: the same as an earlier one");
    }

    @Test
    void noMoreIsReadThanIsNeeded() {
        Selection selection = of(MOLECULES, new Diversity.Any(), 1, "CCO", "CCN", "CCC");
        assertThat(texts(selection)).containsExactly("CCO");
        assertThat(selection.seen()).isEqualTo(1);
    }

    @Test
    void sequencesAreTheSameWhenTheirTextsAre() {
        assertThat(texts(of(PROTEINS, new Diversity.Any(), 9, "MKV", "MKV", "VKM")))
                .containsExactly("MKV", "VKM");
    }

    @Test
    void spheresLeaveOutWhatIsNearToABetterOne() {
        // toluene and ethylbenzene are near each other by ECFP4, ethanol is far from both
        Diversity spheres = Diversity.parse("0.7", MOLECULES);
        assertThat(texts(of(MOLECULES, spheres, 9, "Cc1ccccc1", "CCc1ccccc1", "CCO")))
                .containsExactly("Cc1ccccc1", "CCO");
    }

    @Test
    void oneMoleculeOfAScaffold() {
        Diversity scaffolds = Diversity.parse("scaffold", MOLECULES);
        assertThat(texts(of(MOLECULES, scaffolds, 9, "Cc1ccccc1", "CCc1ccccc1", "C1CCCCC1", "CCO", "CCN")))
                .containsExactly("Cc1ccccc1", "C1CCCCC1", "CCO");
    }

    @Test
    void textsAreComparedByThreeLettersInARow() {
        // ABC BCD CDE and BCD CDE DEF share 2 of 4
        assertThat(Diversity.Letters.distance(Diversity.Letters.grams("ABCDE"), Diversity.Letters.grams("BCDEF")))
                .isCloseTo(0.5, within(1e-12));
        assertThat(Diversity.Letters.grams("AB")).isEqualTo(Set.of("AB"));
        assertThat(texts(of(PROTEINS, Diversity.parse("0.6", PROTEINS), 9, "ABCDE", "BCDEF", "VWXYZ")))
                .containsExactly("ABCDE", "VWXYZ");
    }

    @Test
    void refusesWhatIsNoDistance() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Diversity.parse("1.5", MOLECULES))
                .withMessage("Invalid --diverse: 1.5 (must be scaffold, or a distance above 0 and up to 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Diversity.parse("scaffold", PROTEINS))
                .withMessage("Invalid --diverse: scaffold (the run writes no molecules: give a distance, such as 0.4)");
    }

    @Test
    void filesAreOfWhatTheRunWrites() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SelectionFile("list.SDF", PROTEINS))
                .withMessage("Invalid --output: list.SDF (the run writes protein, and SDF holds molecules)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SelectionFile("list.fasta", MOLECULES))
                .withMessage("Invalid --output: list.fasta (the run writes smiles, and FASTA holds proteins or DNA)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SelectionFile("list.smi", MOLECULES))
                .withMessage("Invalid --output: list.smi (the run writes smiles, and it has no place for rewards:"
                        + " end it in .csv, .parquet, .json, .sdf or .fasta)");
    }

    @Test
    void theNearestKnownMoleculeIsTold() {
        KnownTexts known = new KnownTexts(List.of("CCO", "no molecule", "c1ccccc1"));
        assertThat(known.size()).isEqualTo(2);
        assertThat(known.to("OCC")).contains(new KnownTexts.Nearest("CCO", 1));
        assertThat(known.to("C1CC")).isEmpty();
    }
}
