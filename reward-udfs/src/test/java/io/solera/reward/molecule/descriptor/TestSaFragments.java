package io.solera.reward.molecule.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.solera.reward.molecule.fingerprint.Morgan;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.smiles.Molecules;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TestSaFragments {
    private static SaFragmentCounter counted(String... smiles) {
        SaFragmentCounter counter = new SaFragmentCounter();
        for (String text : smiles) {
            counter.add(Molecules.read(text).optional().orElseThrow());
        }
        return counter;
    }

    private static byte[] written(SaFragments table) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SaFragmentFile.write(table, bytes);
        return bytes.toByteArray();
    }

    @Test
    void partsCountedApartMakeTheSameTable() throws IOException {
        SaFragmentCounter whole = counted("CCO", "c1ccccc1", "CC(=O)N");
        SaFragmentCounter parts = counted("CC(=O)N").merge(counted("c1ccccc1", "CCO"));
        assertThat(written(parts.toTable(1))).isEqualTo(written(whole.toTable(1)));
    }

    @Test
    void scoreIsTheLogarithmOfHowOftenAFragmentOccurs() {
        // methane has one environment; ethane two CH3, and their bond as a second one
        SaFragments table =
                counted("C", "C", "C", "C", "C", "C", "C", "C", "CC").toTable(1);
        assertThat(table.size()).isEqualTo(3);
        int methane = Morgan.ids(Molecules.read("C").optional().orElseThrow())[0];
        // eight of eleven occurrences, so that two fragments make up 80 %
        assertThat(table.score(methane)).isCloseTo(Math.log10(8.0 / 2), within(1e-12));
        assertThat(table.score(12345)).isEqualTo(-4);
    }

    @Test
    void fileIsReadBack() throws IOException {
        SaFragments table = counted("CCO", "c1ccccc1Cl").toTable(1).calibrated(0.9, 0.3);
        SaFragments read = SaFragmentFile.read(new ByteArrayInputStream(written(table)), "t");
        assertThat(written(read)).isEqualTo(written(table));
        assertThat(read.slope()).isEqualTo(0.9);
    }

    @Test
    void refusesDamagedFiles() throws IOException {
        byte[] good = written(counted("CCO", "c1ccccc1").toTable(1));
        assertThatThrownBy(() ->
                        SaFragmentFile.read(new ByteArrayInputStream(Arrays.copyOf(good, good.length - 20)), "cut.gz"))
                .isInstanceOf(IOException.class)
                .hasMessage("Cannot read SA fragments: the file ends too early (cut.gz)");
        assertThatThrownBy(() -> SaFragmentFile.read(new ByteArrayInputStream(new byte[] {1, 2, 3}), "no.gz"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Cannot read SA fragments: ")
                .hasMessageEndingWith("(no.gz)");
    }

    @Test
    void publishedTableIsThatOfErtlAndSchuffenhauer() {
        SaFragments table = SaFragments.published();
        assertThat(table.size()).isEqualTo(705_292);
        assertThat(table.score(12345)).isEqualTo(-4); // what the table lacks
        assertThat(table.score(910163969)).isEqualTo(-2.8254);
    }

    @Test
    void ownTableRanksEasyBelowHard() {
        SaFragments table = SaFragments.own();
        assertThat(table.size()).isGreaterThan(100_000);
        Molecule aspirin = Molecules.read("CC(=O)Oc1ccccc1C(=O)O").optional().orElseThrow();
        Molecule morphine = Molecules.read("CN1CC[C@]23[C@@H]4[C@H]1CC5=C2C(=C(C=C5)O)O[C@H]3[C@H](C=C4)O")
                .optional()
                .orElseThrow();
        assertThat(SaScore.value(aspirin, table)).isBetween(1.2, 1.9); // RDKit: 1.58
        assertThat(SaScore.value(morphine, table)).isBetween(4.3, 5.5); // RDKit: 4.89
    }

    @Test
    void emptyCountMakesNoTable() {
        assertThatThrownBy(() -> new SaFragmentCounter().toTable(1))
                .hasMessage("Cannot make a table of SA fragments: no molecule was counted");
    }
}
