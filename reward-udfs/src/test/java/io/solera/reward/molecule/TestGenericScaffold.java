package io.solera.reward.molecule;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.smiles.Molecules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Generic frameworks as RDKit 2026.09 makes them (MakeScaffoldGeneric of GetScaffoldForMol). */
class TestGenericScaffold {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "CC(=O)Oc1ccccc1C(=O)O; C1CCCCC1",
                "CN1CCC23C4Oc5c3c(CC1C2C=CC4O)ccc5O; C1CC2CC3CCCC45C(CCCC34)CC(C1)C25",
                "O=C1CCCN1c1ccc(S(=O)(=O)N2CCNCC2)cc1; CC1CCCC1C1CCC(C(C)(C)C2CCCCC2)CC1",
                "Cc1ccc(-c2cc(C(F)(F)F)nn2-c2ccc(S(N)(=O)=O)cc2)cc1; C1CCC(C2CCCC2C2CCCCC2)CC1",
                "C1CC1C#CC1CC1; C1CC1CCC1CC1",
                "c1ccc2[nH]ccc2c1; C1CCC2CCCC2C1"
            })
    void agreesWithRdkit(String smiles, String scaffold) {
        assertThat(GenericScaffold.of(molecule(smiles)))
                .isEqualTo(Molecules.canonicalSmiles(scaffold).orElseThrow());
    }

    @Test
    void isEmptyWithoutRings() {
        assertThat(GenericScaffold.of(molecule("CCO"))).isEmpty();
    }

    private static Molecule molecule(String smiles) {
        return Molecules.read(smiles).optional().orElseThrow();
    }
}
