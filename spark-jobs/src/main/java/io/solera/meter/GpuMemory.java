package io.solera.meter;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * The memory of an executor's GPU in bytes, by {@code nvidia-smi}: asked when a sink asks, at most every ten seconds.
 */
public final class GpuMemory {
    private static final long FRESH = TimeUnit.SECONDS.toNanos(10);
    private static final long PATIENCE_SECONDS = 5;
    private static final String PROGRAM = "nvidia-smi";

    private final String program;
    private final String address;
    private Reading last = Reading.NONE;
    private long asked = System.nanoTime() - FRESH;

    /** NaN where there is no answer. */
    public record Reading(double used, double total) {
        static final Reading NONE = new Reading(Double.NaN, Double.NaN);

        /** @param line as in {@code 1234, 143771}, in MiB */
        static Reading of(String line) {
            String[] parts = line.strip().split(", *", -1);
            try {
                return parts.length == 2 ? new Reading(bytes(parts[0]), bytes(parts[1])) : NONE;
            } catch (NumberFormatException e) { // as in [N/A]
                return NONE;
            }
        }

        public boolean isKnown() {
            return !Double.isNaN(total);
        }

        private static double bytes(String mebibytes) {
            return Double.parseDouble(mebibytes) * (1 << 20);
        }
    }

    GpuMemory(String program, String address) {
        this.program = program;
        this.address = address;
    }

    /** Of a GPU of this machine, by its number. */
    static GpuMemory of(String address) {
        return new GpuMemory(PROGRAM, address);
    }

    /** The same, asked once. */
    public static Reading ofThisMachine(String address) {
        return of(address).now();
    }

    synchronized Reading now() {
        if (System.nanoTime() - asked >= FRESH) {
            last = read();
            asked = System.nanoTime();
        }
        return last;
    }

    private Reading read() {
        try {
            Process process = new ProcessBuilder(
                            program,
                            "--id=" + address,
                            "--query-gpu=memory.used,memory.total",
                            "--format=csv,noheader,nounits")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (InputStream out = process.getInputStream()) {
                process.getOutputStream().close();
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                    return Reading.NONE;
                }
                return Reading.of(new String(out.readAllBytes(), StandardCharsets.UTF_8));
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) { // no such program
            return Reading.NONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Reading.NONE;
        }
    }
}
