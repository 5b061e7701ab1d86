package io.solera.config;

import io.solera.problem.SettingException;
import io.solera.rl.Setting;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A memory of a learner's best distinct molecules, from which each of its steps draws some into the batch (REINVENT's
 * inception).
 *
 * @param memorySize molecules that are kept
 * @param sampleSize molecules that a step draws
 * @param smiles molecules that the memory begins with
 * @param smilesFile a table with more of them, on any Hadoop file system; with the ending of no table, one a line
 * @param separator between the cells of a table of CSV; absent: recognised from its header
 * @param encoding of a table of text; absent: recognised
 */
public record ReplaySettings(
        int memorySize,
        int sampleSize,
        List<String> smiles,
        @Nullable String smilesFile,
        @Nullable String separator,
        @Nullable String encoding)
        implements Serializable {
    public ReplaySettings {
        smiles = List.copyOf(smiles);
        TextKeys.require(separator, encoding);
        Setting.atLeastOne("memory-size", memorySize);
        Setting.atLeastOne("sample-size", sampleSize);
        if (sampleSize > memorySize) {
            throw new SettingException(
                    "sample-size", sampleSize, "must be at most memory-size, %d".formatted(memorySize));
        }
    }

    static ReplaySettings defaults() {
        return new ReplaySettings(50, 10, List.of(), null, null, null);
    }
}
