package io.solera.store;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The driver that holds a run folder: its run id, and the process that it is, told from a later one of the same number by its start. */
record LockHolder(String run, String host, long process, long startMillis) {
    private static final long CLOCK_TOLERANCE_MILLIS = 5_000;
    private static final Set<String> KEYS = Set.of("run", "host", "process", "start-millis");

    static LockHolder thisProcess(String run) {
        ProcessHandle self = ProcessHandle.current();
        return new LockHolder(run, thisHost(), self.pid(), startMillis(self));
    }

    /** Nothing when the text is torn. */
    static Optional<LockHolder> of(String text) {
        return Manifest.parse(text)
                .filter(json -> json.keySet().containsAll(KEYS))
                .map(json -> new LockHolder(
                        json.get("run").getAsString(),
                        json.get("host").getAsString(),
                        json.get("process").getAsLong(),
                        json.get("start-millis").getAsLong()));
    }

    String json() {
        JsonObject json = new JsonObject();
        json.addProperty("run", run);
        json.addProperty("host", host);
        json.addProperty("process", process);
        json.addProperty("start-millis", startMillis);
        return json + "\n";
    }

    String shown() {
        return "process %d on %s".formatted(process, host);
    }

    boolean isOfThisHost() {
        return host.equals(thisHost());
    }

    /** Whether no process of this host is the holder any more. */
    boolean isGone() {
        Optional<ProcessHandle> alive = ProcessHandle.of(process).filter(ProcessHandle::isAlive);
        if (alive.isEmpty() || isDefunct(process)) {
            return true;
        }
        long start = startMillis(alive.get());
        return start != 0 && startMillis != 0 && Math.abs(start - startMillis) > CLOCK_TOLERANCE_MILLIS;
    }

    /** Whether the process ended and its parent has not asked for its exit code, which Java takes for alive. */
    private static boolean isDefunct(long process) {
        try {
            String status = Files.readString(Path.of("/proc", Long.toString(process), "stat"));
            return status.startsWith(") Z", status.lastIndexOf(')'));
        } catch (IOException e) {
            return false;
        }
    }

    private static long startMillis(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static String thisHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return Optional.ofNullable(System.getenv("HOSTNAME")).orElse("localhost");
        }
    }
}
