package io.solera.config;

import io.solera.problem.SettingException;
import java.io.Serializable;

/**
 * What the arrays of an update may take.
 *
 * @param budgetMib mebibytes outside the Java heap that one update task may take; passes are cut to it. 0: passes of a
 *     update-batch
 * @param recompute whether a backward pass computes the layers again, one at a time, instead of keeping what is within
 *     them
 */
public record MemorySettings(int budgetMib, boolean recompute) implements Serializable {
    public MemorySettings {
        if (budgetMib < 0) {
            throw new SettingException("budget-mib", budgetMib, "must be 0 for passes of an update-batch, or more");
        }
    }

    static MemorySettings defaults() {
        return new MemorySettings(0, false);
    }
}
