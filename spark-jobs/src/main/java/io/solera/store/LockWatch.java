package io.solera.store;

import io.solera.store.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.hadoop.fs.Path;

/**
 * Looks at a holder's signs of life, and knows for how long they have not changed, by this process's own steady clock.
 * Stamps are never compared with a clock, as clocks differ between machines and are set forward and back: a stamp that
 * changes is life, whatever it says.
 */
final class LockWatch {
    private final Storage storage;
    private String seen = "";
    private long since = System.nanoTime();
    private boolean changed;

    LockWatch(Storage storage) {
        this.storage = storage;
    }

    /** How long this has been the same; zero at the first look. */
    Duration silence(Path lock, Path beat) throws IOException {
        String now = lock.getName() + " " + sign(beat);
        if (!now.equals(seen)) {
            changed = !seen.isEmpty();
            seen = now;
            since = System.nanoTime();
        }
        return Duration.ofNanos(System.nanoTime() - since);
    }

    /** Whether there was a sign of life since the first look. */
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
