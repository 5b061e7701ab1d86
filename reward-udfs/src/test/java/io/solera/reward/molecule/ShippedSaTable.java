package io.solera.reward.molecule;

import io.solera.reward.molecule.descriptor.SaFragmentCounter;
import io.solera.reward.molecule.descriptor.SaFragmentFile;
import io.solera.reward.molecule.descriptor.SaFragments;
import io.solera.reward.molecule.descriptor.SaScore;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.smiles.MoleculeReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Makes the table of SA fragments that the jar ships: {@code DATA REFERENCE OUTPUT}, where DATA holds chembl_78k.smi.gz
 * and pubchem_100k.smi.gz and REFERENCE what docs/reference/molecules.py wrote. No molecule of REFERENCE is counted;
 * the line to RDKit's scores is fitted to its sa_calibration.tsv.
 */
final class ShippedSaTable {
    /** Fragments seen once are left out: the file is 41 % smaller without them, and r stays 0.973. */
    private static final int LEAST = 2;

    private ShippedSaTable() {}

    public static void main(String[] folders) throws IOException {
        Path data = Path.of(folders[0]);
        Path reference = Path.of(folders[1]);
        Set<String> aside = new HashSet<>();
        for (String file : List.of("held_out.tsv", "sa_calibration.tsv", "rdkit_reference_3k.csv.gz")) {
            lines(reference.resolve(file)).forEach(line -> aside.add(line.split("[\t,]", 2)[0]));
        }
        SaFragmentCounter counter = new SaFragmentCounter();
        for (String file : List.of("chembl_78k.smi.gz", "pubchem_100k.smi.gz")) {
            for (String line : lines(data.resolve(file))) {
                String smiles = line.split("\\s", 2)[0];
                if (!aside.contains(smiles)) {
                    MoleculeReader.read(smiles).optional().ifPresent(counter::add);
                }
            }
        }
        SaFragments table = calibrated(counter.toTable(LEAST), lines(reference.resolve("sa_calibration.tsv")));
        try (OutputStream out = Files.newOutputStream(Path.of(folders[2]))) {
            SaFragmentFile.write(table, out);
        }
        System.out.printf(
                "%d fragments, %d kept, sa = %.4f + %.4f x%n",
                counter.size(), table.size(), table.intercept(), table.slope());
    }

    /** The table with the line of least squares from its scores to the given ones. */
    private static SaFragments calibrated(SaFragments table, List<String> known) {
        double n = 0;
        double x = 0;
        double y = 0;
        double xx = 0;
        double xy = 0;
        for (String line : known) {
            String[] row = line.split("\t");
            Molecule molecule = MoleculeReader.read(row[0]).molecule();
            if (molecule != null) {
                double ours = SaScore.value(molecule, table);
                double theirs = Double.parseDouble(row[1]);
                n++;
                x += ours;
                y += theirs;
                xx += ours * ours;
                xy += ours * theirs;
            }
        }
        double slope = (n * xy - x * y) / (n * xx - x * x);
        return table.calibrated(slope, (y - slope * x) / n);
    }

    private static List<String> lines(Path path) throws IOException {
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                path.toString().endsWith(".gz")
                        ? new GZIPInputStream(Files.newInputStream(path))
                        : Files.newInputStream(path),
                StandardCharsets.UTF_8))) {
            reader.lines().filter(line -> !line.startsWith("#")).forEach(lines::add);
        }
        return lines;
    }
}
