package io.solera.reward.molecule.smiles;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.reward.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestMoleculeReader {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CCOC(=O)CC(CC(C)C)oNC(=O)C",
                "CC(C)s(=O)NC",
                "C[N+](=o)[O-]",
                "c",
                "cc",
                "n1cccc1",
                "c1cccc1",
                "C1CC",
                "C11",
                "C12CC12",
                "C(C",
                "CC)",
                "()C",
                "C()C",
                "((C))C",
                "=C",
                "C=",
                "C==C",
                "C..C",
                ".C",
                "C.",
                "[C",
                "C]",
                "[Xx]",
                "[CH5]",
                "CN(=O)C",
                "C[NH4]",
                "F(C)C",
                "O(C)(C)C",
                "CC(C)(C)(C)C",
                "C%1CC%1",
                "[nH2]1cccc1",
                "C\\",
                "CCl2",
                "Cl(C)C",
                "C[O](C)C",
                "C=[O]=C",
                "[C@@@H]",
                "C1=CC=CC=C#1",
                "1CC1",
                "C C",
                "C-(C)",
                "hello",
                "Cq",
                "[c]1ccccc1:"
            })
    void refusesBrokenStrings(String text) {
        assertThat(MoleculeReader.read(text)).isEqualTo(Reading.INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C",
                "[H]C([H])([H])[H]",
                "CCN(=O)=O",
                "C[N+](=O)[O-]",
                "CN=N#N",
                "[O-]Cl(=O)(=O)=O",
                "OCl(=O)(=O)=O",
                "[Fe+2]",
                "[13CH3][2H]",
                "F/C=C/F",
                "C%12CCCCC%12",
                "C1=CC=CC=C1",
                "c1ccccc1",
                "[nH]1cccc1",
                "c1cc[se]c1",
                "OS(=O)(=O)O",
                "CP(C)(C)(C)C",
                "[CH3]",
                "C[C@@H](N)O",
                "[Na+].[Cl-]",
                " CCO ",
                "[CH3:1]C",
                "C-C",
                "*C"
            })
    void readsSoundOnes(String text) {
        assertThat(MoleculeReader.read(text).status()).isEqualTo(Status.OK);
    }

    @Test
    void tooMuchIsNotApplicable() {
        assertThat(MoleculeReader.read("C".repeat(150)).status()).isEqualTo(Status.OK);
        assertThat(MoleculeReader.read("C".repeat(151)).status()).isEqualTo(Status.NOT_APPLICABLE);
        assertThat(MoleculeReader.read("C".repeat(9_999)).status()).isEqualTo(Status.NOT_APPLICABLE);
        assertThat(MoleculeReader.read("C".repeat(9_999) + "(").status()).isEqualTo(Status.INVALID_INPUT);
        assertThat(MoleculeReader.read("C1" + "C2CCC(CC2)".repeat(10) + "C1").status())
                .isEqualTo(Status.NOT_APPLICABLE);
    }

    @Test
    void writesOneStringForAllSpellings() {
        assertThat(Molecules.canonicalSmiles("OC(=O)c1ccccc1OC(C)=O"))
                .isEqualTo(Molecules.canonicalSmiles("CC(=O)OC1=C(C=CC=C1)C(O)=O"))
                .isPresent();
        assertThat(Molecules.canonicalSmiles("C1CC")).isEmpty();
        assertThat(Molecules.canonicalSmiles("C[C@H](N)O")).isNotEqualTo(Molecules.canonicalSmiles("C[C@@H](N)O"));
        assertThat(Molecules.canonicalSmiles("F/C=C/F")).isNotEqualTo(Molecules.canonicalSmiles("F/C=C\\F"));
        assertThat(Molecules.valid("C".repeat(151))).isTrue();
        assertThat(Molecules.valid("C(")).isFalse();
    }

    @Test
    void tellsInositolsApart() {
        String scyllo = "O[C@H]1[C@H](O)[C@@H](O)[C@H](O)[C@@H](O)[C@@H]1O";
        String myo = "O[C@H]1[C@H](O)[C@@H](O)[C@H](O)[C@H](O)[C@@H]1O";
        assertThat(Molecules.canonicalSmiles(scyllo)).isNotEqualTo(Molecules.canonicalSmiles(myo));
    }

    @Test
    void hashIsThatOfFnv() {
        assertThat(Molecules.hash("")).isEqualTo(0xCBF29CE484222325L);
        assertThat(Molecules.hash("a")).isEqualTo(0xAF63DC4C8601EC8CL);
        assertThat(Molecules.hash("foobar")).isEqualTo(0x85944171F73967E8L);
    }
}
