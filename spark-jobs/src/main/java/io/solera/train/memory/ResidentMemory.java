package io.solera.train.memory;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory of this process that is in RAM: the Java heap, and the network's arrays outside of it. */
public final class ResidentMemory {
    private static final Path STATUS = Path.of("/proc/self/status");

    private ResidentMemory() {}

    /** Now, in MiB; NaN where the system does not say (it does on Linux). */
    public static double mebibytes() {
        return field("VmRSS:");
    }

    /** The most it has been, in MiB; NaN where the system does not say. */
    public static double peakMebibytes() {
        return field("VmHWM:");
    }

    /** What this machine has in bytes; in a container its limit. */
    public static long ofMachine() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
    }

    private static double field(String name) {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(name)) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
                }
            }
        } catch (IOException e) { // no Linux
            return Double.NaN;
        }
        return Double.NaN;
    }
}
