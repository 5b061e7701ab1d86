package io.solera.reward.molecule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.solera.reward.ParameterTable;
import io.solera.reward.molecule.descriptor.SaFragments;
import io.solera.reward.molecule.descriptor.SaScore;
import io.solera.reward.molecule.descriptor.StereoCentres;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.smiles.MoleculeReader;
import io.solera.reward.molecule.smiles.Molecules;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RDKit's SA scores to full precision: inorganic, spiro, bridged and large rings, centres of every kind. */
class TestGoldenSa {
    @Test
    void scoresAreThoseOfRdkit() {
        List<String[]> rows = ParameterTable.rows(TestGoldenSa.class, "sa.golden.tsv");
        assertThat(rows).hasSizeGreaterThan(60);
        for (String[] row : rows) {
            Molecule molecule = MoleculeReader.read(row[0]).molecule();
            assertThat(molecule).as(row[0]).isNotNull();
            assertThat(SaScore.value(molecule, SaFragments.published()))
                    .as(row[0])
                    .isCloseTo(Double.parseDouble(row[1]), within(1e-9));
        }
    }

    @Test
    void centresCountAsInRdkit() {
        assertThat(centres("C[PH]CC")).isEqualTo(1); // a phosphine, with its hydrogen too
        assertThat(centres("C=C1CN1C")).isZero(); // a lone pair next to a double bond
        assertThat(centres("CC1CN1C")).isEqualTo(2);
        assertThat(centres("CS(=O)CC")).isEqualTo(1);
        assertThat(centres("C[C@H](O)C(O)[C@@H](C)O")).isEqualTo(3); // the middle one depends on the others
        assertThat(centres("CC(O)C(O)C(C)O")).isEqualTo(2);
        assertThat(centres("F/C=C/C(F)\\C=C/C")).isEqualTo(1);
    }

    private static int centres(String smiles) {
        return StereoCentres.count(Molecules.read(smiles).optional().orElseThrow());
    }
}
