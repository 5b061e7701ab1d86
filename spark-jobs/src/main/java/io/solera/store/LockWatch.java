package io.solera.store;

import io.solera.store.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.hadoop.fs.Path;

/**
 * Watches a holder's heartbeats, and measures how long they have not changed, with this process's own monotonic clock.
 * Timestamps are never compared with a clock, as clocks differ between machines and are adjusted: any change of a
 * timestamp is a sign of life.
 */
final class LockWatch {
    private final Storage storage;
    private String seen = "";
    private long since = System.nanoTime();
    private boolean changed;

    LockWatch(Storage storage) {
        this.storage = storage;
    }

    /** How long the heartbeat has not changed; zero at the first check. */
    Duration silence(Path lock, Path beat) throws IOException {
        String now = lock.getName() + " " + sign(beat);
        if (!now.equals(seen)) {
            changed = !seen.isEmpty();
            seen = now;
            since = System.nanoTime();
        }
        return Duration.ofNanos(System.nanoTime() - since);
    }

    /** Whether there was a heartbeat since the first check. */
    boolean sawLife() {
        return changed;
    }

    private String sign(Path beat) throws IOException {
        try {
            return storage.files().getFileStatus(beat).getModificationTime() + " "
                    + new String(storage.read(beat), StandardCharsets.UTF_8);
        } catch (FileNotFoundException e) {
            return "none";
        }
    }
}
