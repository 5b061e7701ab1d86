package io.solera.reward.molecule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.solera.reward.ParameterTable;
import io.solera.reward.molecule.descriptor.Crippen;
import io.solera.reward.molecule.descriptor.Descriptors;
import io.solera.reward.molecule.descriptor.Qed;
import io.solera.reward.molecule.descriptor.SaFragments;
import io.solera.reward.molecule.descriptor.SaScore;
import io.solera.reward.molecule.fingerprint.Fingerprint;
import io.solera.reward.molecule.fingerprint.Morgan;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.smiles.MoleculeReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Agreement with RDKit on the molecules of golden.tsv. */
class TestGoldenMolecules {
    private static final List<String[]> ROWS = ParameterTable.rows(TestGoldenMolecules.class, "golden.tsv");

    private static Molecule molecule(String smiles) {
        Molecule molecule = MoleculeReader.read(smiles).molecule();
        assertThat(molecule).as(smiles).isNotNull();
        return molecule;
    }

    @Test
    void propertiesAreThoseOfRdkit() {
        long[] aspirin = Fingerprint.of(molecule("CC(=O)Oc1ccccc1C(=O)O"));
        assertThat(ROWS).hasSizeGreaterThan(60);
        for (String[] row : ROWS) {
            Molecule molecule = molecule(row[0]);
            String name = row[0];
            assertThat(Descriptors.weight(molecule)).as("mw " + name).isCloseTo(number(row[3]), within(0.002));
            assertThat(Descriptors.logP(molecule)).as("logp " + name).isCloseTo(number(row[4]), within(2e-5));
            assertThat(Descriptors.polarSurface(molecule)).as("tpsa " + name).isCloseTo(number(row[5]), within(1e-3));
            assertThat(Descriptors.donors(molecule)).as("donors " + name).isEqualTo(Integer.parseInt(row[6]));
            assertThat(Descriptors.rotors(molecule)).as("rotors " + name).isEqualTo(Integer.parseInt(row[7]));
            assertThat(Descriptors.aromaticRings(molecule))
                    .as("aromatic rings " + name)
                    .isEqualTo(Integer.parseInt(row[8]));
            assertThat(Qed.value(molecule)).as("qed " + name).isCloseTo(number(row[9]), within(2e-5));
            assertThat(Fingerprint.tanimoto(Fingerprint.of(molecule), aspirin))
                    .as("similarity " + name)
                    .isCloseTo(number(row[10]), within(2e-6));
        }
    }

    @Test
    void everySpellingIsTheSameMolecule() {
        for (String[] row : ROWS) {
            Molecule molecule = molecule(row[0]);
            for (String spelling : List.of(row[1], row[2], molecule.canonicalSmiles())) {
                Molecule other = molecule(spelling);
                assertThat(other.canonicalSmiles()).as(spelling).isEqualTo(molecule.canonicalSmiles());
                assertThat(Morgan.ids(other)).as(spelling).isEqualTo(Morgan.ids(molecule));
                assertThat(Qed.value(other)).as(spelling).isEqualTo(Qed.value(molecule));
                assertThat(SaScore.value(other, SaFragments.published()))
                        .as(spelling)
                        .isEqualTo(SaScore.value(molecule, SaFragments.published()));
                assertThat(Crippen.logP(other)).as(spelling).isEqualTo(Crippen.logP(molecule));
            }
        }
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }
}
