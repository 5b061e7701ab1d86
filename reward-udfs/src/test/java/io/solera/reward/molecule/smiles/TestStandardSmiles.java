package io.solera.reward.molecule.smiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestStandardSmiles {
    @ParameterizedTest
    @CsvSource({
        "C[C@@H](N)C(=O)O,           CC(N)C(=O)O", // stereo centres
        "F/C=C/F,                    FC=CF", // double bonds
        "[13CH3]C,                   CC", // isotopes
        "C[NH2+]C,                   CNC", // gained protons
        "CC(=O)[O-],                 CC(=O)O", // lost ones
        "[O-]C(=O)c1ccccc1.[Na+],    OC(=O)c1ccccc1", // salts
        "C[N+](C)(C)C,               C[N+](C)(C)C", // no proton to take
        "c1ccccc1[N+](=O)[O-],       c1ccccc1[N+](=O)[O-]", // charges that balance
        "c1c[nH]cc1,                 c1c[nH]cc1" // aromatic atoms as they were
    })
    void isThePlainForm(String smiles, String standard) {
        assertThat(StandardSmiles.of(smiles)).hasValue(standard);
    }

    @Test
    void keepsTheOrderOfTheAtoms() {
        assertThat(StandardSmiles.of("CC(C)(C)c1ccc2occ(CC(=O)Nc3ccccc3F)c2c1"))
                .hasValue("CC(C)(C)c1ccc2occ(CC(=O)Nc3ccccc3F)c2c1");
    }

    @Test
    void isEmptyForWhatIsTooLong() {
        assertThat(StandardSmiles.of("C".repeat(20_000))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"not a molecule", "C1CC", "C(("})
    void isEmptyForWhatIsNoMolecule(String text) {
        assertThat(StandardSmiles.of(text)).isEmpty();
    }
}
