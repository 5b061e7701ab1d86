package io.solera.config;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A memory of a learner's best distinct molecules, from which each of its steps draws some into the batch (REINVENT's inception).
 *
 * @param memorySize molecules that are kept
 * @param sampleSize molecules that a step draws
 * @param smiles molecules that the memory begins with
 * @param smilesFile a file with more of them, one a line, on any Hadoop file system
 */
public record ReplaySettings(
        int memorySize,
        int sampleSize,
        List<String> smiles,
        @Nullable String smilesFile) implements Serializable {
    public ReplaySettings {
        smiles = List.copyOf(smiles);
        AlgorithmSettings.atLeastOne("memory-size", memorySize);
        AlgorithmSettings.atLeastOne("sample-size", sampleSize);
        if (sampleSize > memorySize) {
            throw new IllegalArgumentException(
                    "Invalid sample-size: %d (must be at most memory-size, %d)".formatted(sampleSize, memorySize));
        }
    }

    static ReplaySettings defaults() {
        return new ReplaySettings(50, 10, List.of(), null);
    }
}
