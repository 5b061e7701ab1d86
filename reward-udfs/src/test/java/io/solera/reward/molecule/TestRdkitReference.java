package io.solera.reward.molecule;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.reward.Status;
import io.solera.reward.molecule.ReferenceData.Comparison;
import io.solera.reward.molecule.descriptor.Descriptors;
import io.solera.reward.molecule.descriptor.Qed;
import io.solera.reward.molecule.descriptor.SaFragments;
import io.solera.reward.molecule.descriptor.SaScore;
import io.solera.reward.molecule.fingerprint.Fingerprint;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.smiles.MoleculeReader;
import io.solera.reward.molecule.smiles.Molecules;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The levels of agreement with RDKit on rdkit_reference_3k.csv.gz. */
@Tag("reference")
class TestRdkitReference {
    private static final String FILE = "rdkit_reference_3k.csv.gz";

    private static List<Map<String, String>> rows(String valid) throws IOException {
        return ReferenceData.table(FILE).stream()
                .filter(row -> valid.equals(row.get("valid")))
                .toList();
    }

    @Test
    void realMoleculesAreReadAndBrokenOnesRefused() throws IOException {
        long refused = rows("1").stream()
                .filter(row -> MoleculeReader.read(row.get("smiles")).status() != Status.OK)
                .count();
        long accepted = rows("0").stream()
                .filter(row -> Molecules.valid(row.get("smiles")))
                .count();
        System.out.printf("validity: %d of 3,000 real refused, %d of 400 broken accepted%n", refused, accepted);
        assertThat(refused).isLessThanOrEqualTo(3);
        assertThat(accepted).isLessThanOrEqualTo(1);
    }

    @Test
    void propertiesAgree() throws IOException {
        Comparison weight = new Comparison("mw", 0.01);
        Comparison surface = new Comparison("tpsa", 0.01);
        Comparison donors = new Comparison("donors", 0);
        Comparison rotors = new Comparison("rotors", 0);
        Comparison aromatic = new Comparison("aromatic rings", 0);
        Comparison logP = new Comparison("logp", 1e-4);
        Comparison qed = new Comparison("qed", 1e-5);
        Comparison sa = new Comparison("sa", 1e-5);
        Comparison similarity = new Comparison("similarity", 1e-5);
        long[] aspirin = Fingerprint.of(
                Molecules.read("CC(=O)Oc1ccccc1C(=O)O").optional().orElseThrow());
        for (Map<String, String> row : rows("1")) {
            Molecule molecule = MoleculeReader.read(row.get("smiles")).molecule();
            if (molecule == null) {
                continue;
            }
            weight.add(Descriptors.weight(molecule), number(row, "mw"));
            surface.add(Descriptors.polarSurface(molecule), number(row, "tpsa"));
            donors.add(Descriptors.donors(molecule), number(row, "hbd"));
            rotors.add(Descriptors.rotors(molecule), number(row, "rotb_strict"));
            aromatic.add(Descriptors.aromaticRings(molecule), number(row, "aromatic_rings"));
            logP.add(Descriptors.logP(molecule), number(row, "crippen_logp"));
            qed.add(Qed.value(molecule), number(row, "qed"));
            sa.add(SaScore.value(molecule, SaFragments.published()), number(row, "sascore"));
            similarity.add(
                    Fingerprint.tanimoto(Fingerprint.of(molecule), aspirin), number(row, "tanimoto_ecfp4_aspirin"));
        }
        for (Comparison comparison : List.of(weight, surface, donors, rotors, aromatic, similarity)) {
            System.out.println(comparison);
            assertThat(comparison.equal()).as(comparison.toString()).isGreaterThanOrEqualTo(0.995);
        }
        System.out.printf("%s%n%s%n%s%n", logP, qed, sa);
        assertThat(logP.meanError()).isLessThanOrEqualTo(0.01);
        assertThat(qed.meanError()).isLessThanOrEqualTo(0.001);
        assertThat(sa.equal()).isGreaterThanOrEqualTo(0.997); // the values are those of an older RDKit
    }

    private static double number(Map<String, String> row, String column) {
        return Double.parseDouble(row.getOrDefault(column, ""));
    }
}
