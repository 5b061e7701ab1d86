package io.solera.reward.molecule.smiles;

import io.solera.reward.BoundedCache;
import io.solera.reward.Status;
import io.solera.reward.molecule.graph.Molecule;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Strings to molecules, with one cache for all rewards of a JVM: those of one job see the same strings, each is parsed once. */
public final class Molecules {
    private static final int CACHED = 1 << 12;
    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;
    private static final BoundedCache<String, Reading> READINGS = new BoundedCache<>(CACHED);

    private Molecules() {}

    public static Reading read(@Nullable String smiles) {
        if (smiles == null || smiles.length() > MoleculeReader.CHARACTERS) {
            return MoleculeReader.read(smiles);
        }
        return READINGS.get(smiles, MoleculeReader::read);
    }

    /** The canonical SMILES of a string; empty when it is invalid or too large. */
    public static Optional<String> canonicalSmiles(@Nullable String smiles) {
        return read(smiles).optional().map(Molecule::canonicalSmiles);
    }

    /** Whether a string is a molecule, of whatever size. */
    public static boolean valid(@Nullable String smiles) {
        return read(smiles).status() != Status.INVALID_INPUT;
    }

    /** 64 bits that stand for a canonical SMILES in tables of known molecules (FNV-1a over its characters). */
    public static long hash(String canonicalSmiles) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < canonicalSmiles.length(); i++) {
            hash = (hash ^ canonicalSmiles.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }
}
