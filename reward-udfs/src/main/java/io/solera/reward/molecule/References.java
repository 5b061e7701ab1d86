package io.solera.reward.molecule;

import io.solera.reward.TextLines;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.smiles.Molecules;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Molecules to compare with. */
public final class References {
    private References() {}

    /** The SMILES of a text file: the first word of each line; lines with # and a space are comments. */
    public static List<String> read(InputStream stream, String name) throws IOException {
        BufferedReader reader = TextLines.of(stream, name);
        List<String> references = new ArrayList<>();
        int number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            String stripped = line.strip();
            if (stripped.isEmpty() || stripped.startsWith("# ")) {
                continue;
            }
            String smiles = stripped.split("\\s", 2)[0];
            if (Molecules.read(smiles).molecule() == null) {
                throw new IOException(
                        "Cannot read %s: line %d does not begin with the SMILES of a molecule".formatted(name, number));
            }
            references.add(smiles);
        }
        return references;
    }

    static List<Molecule> molecules(Iterable<String> smiles) {
        List<Molecule> molecules = new ArrayList<>();
        for (String text : smiles) {
            molecules.add(Molecules.read(text)
                    .optional()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "Invalid reference: %s (must be the SMILES of a molecule)".formatted(text))));
        }
        if (molecules.isEmpty()) {
            throw new IllegalArgumentException("Invalid reference: none given (must be at least one SMILES)");
        }
        return molecules;
    }
}
