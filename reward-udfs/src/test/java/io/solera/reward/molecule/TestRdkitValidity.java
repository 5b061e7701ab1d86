package io.solera.reward.molecule;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.reward.Status;
import io.solera.reward.molecule.descriptor.Descriptors;
import io.solera.reward.molecule.descriptor.SaFragments;
import io.solera.reward.molecule.descriptor.SaScore;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.smiles.MoleculeReader;
import io.solera.reward.molecule.smiles.Reading;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * RDKit's verdicts and SA scores on validity.tsv and sa.tsv, which docs/reference/validity.py makes. Writes the tables
 * of docs/measurements/molecules.md beside them, as sa.md and validity.md.
 */
@Tag("verdicts")
class TestRdkitValidity {
    private static final double EASY = 2.5;

    @Test
    void whatRdkitRefusesIsRefused() throws IOException {
        int strings = 0;
        int valid = 0;
        int accepted = 0;
        int refused = 0;
        int others = 0;
        Path data = ReferenceData.file("validity.tsv");
        try (BufferedReader reader = Files.newBufferedReader(data)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("# ") || line.startsWith("#text")) {
                    continue;
                }
                String[] row = line.split("\t");
                Reading reading = MoleculeReader.read(row[0]);
                boolean ours = reading.status() != Status.INVALID_INPUT;
                boolean theirs = row[1].equals("1");
                strings++;
                valid += theirs ? 1 : 0;
                accepted += ours && !theirs ? 1 : 0;
                if (!ours && theirs) {
                    refused++;
                    assertThat(row[0])
                            .as("only aromatic bonds outside of rings are refused")
                            .contains(":");
                }
                Molecule molecule = reading.molecule();
                if (theirs && molecule != null) {
                    boolean same = molecule.graph.atoms == Integer.parseInt(row[3])
                            && Math.abs(Descriptors.weight(molecule) - Double.parseDouble(row[2])) < 1e-3;
                    others += same ? 0 : 1;
                }
            }
        }
        Files.write(
                data.resolveSibling("validity.md"),
                List.of(
                        "| strings | valid by RDKit | of those refused here | of the others accepted here |"
                                + " other weight or atoms |",
                        "|---|---|---|---|---|",
                        String.format(
                                Locale.ROOT,
                                "| %,d | %,d | %d | %d | %d |",
                                strings,
                                valid,
                                refused,
                                accepted,
                                others)));
        assertThat(accepted).isZero();
        assertThat(others).isZero();
        assertThat(refused / (double) valid).isLessThan(0.005);
    }

    @Test
    void scoresEqualThoseOfRdkit() throws IOException {
        int molecules = 0;
        int tooLarge = 0;
        double sum = 0;
        double greatest = 0;
        int easyHere = 0;
        int easyThere = 0;
        double ours = 0;
        double theirs = 0;
        Path data = ReferenceData.file("sa.tsv");
        for (String line : Files.readAllLines(data)) {
            String[] row = line.split("\t");
            if (line.startsWith("# ") || row[0].equals("#smiles")) {
                continue;
            }
            Molecule molecule = MoleculeReader.read(row[0]).molecule();
            if (molecule == null) {
                assertThat(MoleculeReader.read(row[0]).status()).as(row[0]).isEqualTo(Status.NOT_APPLICABLE);
                tooLarge++;
                continue;
            }
            double here = SaScore.value(molecule, SaFragments.published());
            double there = Double.parseDouble(row[1]);
            molecules++;
            sum += Math.abs(here - there);
            greatest = Math.max(greatest, Math.abs(here - there));
            easyHere += here <= EASY ? 1 : 0;
            easyThere += there <= EASY ? 1 : 0;
            ours += here;
            theirs += there;
        }
        Files.write(
                data.resolveSibling("sa.md"),
                List.of(
                        "| molecules | too large | mean here | mean by RDKit | mean difference | greatest |"
                                + " SA <= 2.5 here | by RDKit |",
                        "|---|---|---|---|---|---|---|---|",
                        String.format(
                                Locale.ROOT,
                                "| %,d | %d | %.6f | %.6f | %.0e | %.0e | %.2f %% | %.2f %% |",
                                molecules,
                                tooLarge,
                                ours / molecules,
                                theirs / molecules,
                                sum / molecules,
                                greatest,
                                100.0 * easyHere / molecules,
                                100.0 * easyThere / molecules)));
        assertThat(molecules).isGreaterThan(10_000);
        assertThat(greatest).isLessThan(1e-6);
        assertThat(easyHere).isEqualTo(easyThere);
    }
}
