package io.solera.store;

import com.google.gson.JsonObject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * The driver that holds a run folder: its run id and its process.
 *
 * @param run random, new for every driver
 * @param host for people
 * @param machine the machine's current boot, see {@link ProcessTable}; empty: unknown
 * @param namespace in which {@code process} and {@code start} are valid
 * @param start distinguishes a process from a later one with the same number
 */
record LockHolder(String run, String host, String machine, String namespace, long process, long start) {
    static LockHolder thisProcess(String run) {
        ProcessTable table = ProcessTable.OF_KERNEL;
        return new LockHolder(
                run,
                thisHost(),
                table.machine(),
                table.namespace(),
                ProcessHandle.current().pid(),
                table.ownStart().orElse(0));
    }

    /** Empty if the text is incomplete, or was written by an older version. */
    static Optional<LockHolder> of(String text) {
        try {
            return Manifest.parse(text)
                    .map(json -> new LockHolder(
                            text(json, "run"),
                            text(json, "host"),
                            text(json, "machine"),
                            text(json, "namespace"),
                            Long.parseLong(text(json, "process")),
                            Long.parseLong(text(json, "start"))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String json() {
        JsonObject json = new JsonObject();
        json.addProperty("run", run);
        json.addProperty("host", host);
        json.addProperty("machine", machine);
        json.addProperty("namespace", namespace);
        json.addProperty("process", process);
        json.addProperty("start", start);
        return json + "\n";
    }

    String shown() {
        return isKnownHere()
                ? "process %d on this machine".formatted(process)
                : "process %d on %s".formatted(process, host);
    }

    /** Whether it is still running; empty if that cannot be determined from here. */
    Optional<Boolean> isAlive() {
        return isKnownHere()
                ? Optional.of(ProcessTable.OF_KERNEL.start(process).stream().anyMatch(there -> there == start))
                : Optional.empty();
    }

    private boolean isKnownHere() {
        ProcessTable table = ProcessTable.OF_KERNEL;
        return start != 0
                && !machine.isEmpty()
                && machine.equals(table.machine())
                && !namespace.isEmpty()
                && namespace.equals(table.namespace())
                && table.isWhole(ProcessHandle.current().pid());
    }

    private static String text(JsonObject json, String key) {
        if (!json.has(key) || !json.get(key).isJsonPrimitive()) {
            throw new IllegalArgumentException("Cannot read a lock: %s is missing".formatted(key));
        }
        return json.get(key).getAsString();
    }

    private static String thisHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return Optional.ofNullable(System.getenv("HOSTNAME")).orElse("localhost");
        }
    }
}
