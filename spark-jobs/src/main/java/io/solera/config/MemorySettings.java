package io.solera.config;

import io.solera.problem.SettingException;
import java.io.Serializable;

/**
 * What updates may take.
 *
 * @param budgetMib mebibytes outside the Java heap that one update task may take; passes are cut to it. 0: passes of a
 *     update-batch
 * @param recompute whether a backward pass computes the layers again, one at a time, instead of keeping what is within
 *     them
 * @param driverMib mebibytes of what all learners train, up to which the driver adds up gradients that all slots have
 *     computed; more is added up block by block by tasks. No part of the result
 */
public record MemorySettings(int budgetMib, boolean recompute, int driverMib) implements Serializable {
    public MemorySettings {
        if (budgetMib < 0) {
            throw new SettingException("budget-mib", budgetMib, "must be 0 for passes of an update-batch, or more");
        }
        if (driverMib < 0) {
            throw new SettingException("driver-mib", driverMib, "must be 0 or more");
        }
    }

    static MemorySettings defaults() {
        return new MemorySettings(0, false, 256);
    }
}
