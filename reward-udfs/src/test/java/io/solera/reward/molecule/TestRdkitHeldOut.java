package io.solera.reward.molecule;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.reward.molecule.ReferenceData.Comparison;
import io.solera.reward.molecule.descriptor.Descriptors;
import io.solera.reward.molecule.descriptor.Qed;
import io.solera.reward.molecule.descriptor.SaFragments;
import io.solera.reward.molecule.descriptor.SaScore;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.smiles.MoleculeReader;
import io.solera.reward.molecule.smiles.Molecules;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same levels on molecules and corrupted strings kept aside, which docs/reference/molecules.py makes. */
@Tag("reference")
@Tag("generated")
class TestRdkitHeldOut {
    @Test
    void corruptedStringsAreRefused() throws IOException {
        List<Map<String, String>> rows = ReferenceData.table("corrupted.tsv");
        long valid = rows.stream().filter(row -> "1".equals(row.get("valid"))).count();
        long accepted = rows.stream()
                .filter(row -> "0".equals(row.get("valid")) && Molecules.valid(row.get("text")))
                .count();
        long refused = rows.stream()
                .filter(row -> "1".equals(row.get("valid")) && !Molecules.valid(row.get("text")))
                .count();
        System.out.printf(
                "corrupted: %d of %d broken accepted, %d of %d valid refused%n",
                accepted, rows.size() - valid, refused, valid);
        assertThat(accepted * 10_000.0 / rows.size()).isLessThanOrEqualTo(10);
        assertThat(refused / (double) valid).isLessThanOrEqualTo(0.03);
    }

    @Test
    void valuesAgreeOnMoleculesKeptAside() throws IOException {
        Comparison qed = new Comparison("qed", 1e-5);
        Comparison logP = new Comparison("logp", 1e-4);
        Comparison sa = new Comparison("sa", 1e-5);
        int refused = 0;
        List<Map<String, String>> rows = ReferenceData.table("held_out.tsv");
        for (Map<String, String> row : rows) {
            Molecule molecule = MoleculeReader.read(row.get("smiles")).molecule();
            if (molecule == null) {
                refused++;
                continue;
            }
            qed.add(Qed.value(molecule), Double.parseDouble(row.get("qed")));
            logP.add(Descriptors.logP(molecule), Double.parseDouble(row.get("logp")));
            sa.add(SaScore.value(molecule, SaFragments.published()), Double.parseDouble(row.get("sa")));
        }
        System.out.printf("%d of %d refused%n%s%n%s%n%s%n", refused, rows.size(), qed, logP, sa);
        assertThat(refused / (double) rows.size()).isLessThanOrEqualTo(0.001);
        assertThat(qed.meanError()).isLessThanOrEqualTo(0.001);
        assertThat(logP.meanError()).isLessThanOrEqualTo(0.01);
        assertThat(sa.equal()).isGreaterThanOrEqualTo(0.997); // an older RDKit counts some centres otherwise
    }

    @Test
    void spellingsGetTheSameValues() throws IOException {
        int different = 0;
        int names = 0;
        int count = 0;
        for (Map<String, String> row : ReferenceData.table("spellings.tsv")) {
            Molecule molecule = MoleculeReader.read(row.get("smiles")).molecule();
            for (String column : List.of("a", "b", "c", "d")) {
                Molecule other = MoleculeReader.read(row.get(column)).molecule();
                if (molecule != null && other != null) {
                    count++;
                    different += List.of(values(molecule)).equals(List.of(values(other))) ? 0 : 1;
                    names += molecule.canonicalSmiles().equals(other.canonicalSmiles()) ? 0 : 1;
                }
            }
        }
        System.out.printf(
                "%d spellings: %d with other values, %d with another canonical SMILES%n", count, different, names);
        assertThat(different).isZero();
        assertThat(names / (double) count).isLessThanOrEqualTo(0.002);
    }

    private static Double[] values(Molecule molecule) {
        return new Double[] {
            Qed.value(molecule),
            SaScore.value(molecule, SaFragments.published()),
            Descriptors.logP(molecule),
            Descriptors.weight(molecule),
            Descriptors.polarSurface(molecule)
        };
    }
}
