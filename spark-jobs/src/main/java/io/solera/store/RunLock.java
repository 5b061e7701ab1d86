package io.solera.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One driver per run folder. Lock n is the file {@code lock/00000n.json}, made once, with run id, host, process id and the
 * process's start; the highest n holds, and a lower one is fenced off for ever. A new driver makes lock n + 1 when the holder of n
 * released it ({@code .released}), when the holder was a process of this host that is gone (so a killed driver can be resumed
 * at once), or when it gave no sign of life ({@code .beat}, every {@link #BEAT_SECONDS} s) for {@link #STALE_SECONDS} s by the
 * file system's clock.
 */
final class RunLock implements AutoCloseable {
    static final String FOLDER = "lock";
    static final long BEAT_SECONDS = 30;
    static final long STALE_SECONDS = 300;
    private static final String LOCK = ".json";
    private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);

    private final Storage storage;
    private final int number;
    private final LockHolder holder;
    private final CountDownLatch closed = new CountDownLatch(1);

    private RunLock(Storage storage, int number, LockHolder holder) {
        this.storage = storage;
        this.number = number;
        this.holder = holder;
    }

    static RunLock take(Storage storage) throws IOException {
        storage.files().mkdirs(new Path(storage.root(), FOLDER));
        int highest = highest(storage);
        if (highest > 0) {
            requireFree(storage, highest);
        }
        LockHolder holder = LockHolder.thisProcess(UUID.randomUUID().toString());
        RunLock lock = new RunLock(storage, highest + 1, holder);
        boolean made = storage.publish(file(storage, highest + 1, LOCK), Content.of(holder.json()));
        if (!made && !lock.isHeld()) {
            throw new RefusedRunException(
                    storage.shown(storage.root()), "another driver took it just now (one driver may use it at a time)");
        }
        lock.begin();
        return lock;
    }

    String run() {
        return holder.run();
    }

    /** @param doing what must not be done without the lock, as in {@code commit round 7} */
    void check(String doing) throws IOException {
        if (!isHeld()) {
            throw new LostRunException(
                    "Cannot %s: another driver took over run folder %s (its lock is %d, this one's %d)"
                            .formatted(doing, storage.shown(storage.root()), highest(storage), number));
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        storage.replace(file(storage, number, ".released"), Content.of(""));
    }

    private void begin() throws IOException {
        beat();
        for (FileStatus entry : storage.list(new Path(storage.root(), FOLDER))) {
            Optional<Integer> older = number(entry);
            if (older.isPresent() && older.get() < number) {
                storage.delete(entry.getPath());
            }
        }
        Thread beats = new Thread(this::beatUntilClosed, "solera-run-lock");
        beats.setDaemon(true);
        beats.start();
    }

    private void beatUntilClosed() {
        try {
            while (!closed.await(BEAT_SECONDS, TimeUnit.SECONDS)) {
                try {
                    beat();
                } catch (IOException e) {
                    LOG.warn(
                            "Cannot renew the lock of run folder {}: {}",
                            storage.shown(storage.root()),
                            e.getMessage());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat() throws IOException {
        storage.replace(file(storage, number, ".beat"), Content.of(""));
    }

    private boolean isHeld() throws IOException {
        return highest(storage) == number
                && LockHolder.of(text(storage, number)).filter(holder::equals).isPresent();
    }

    private static void requireFree(Storage storage, int number) throws IOException {
        if (storage.exists(file(storage, number, ".released"))) {
            return;
        }
        Optional<LockHolder> holder = LockHolder.of(text(storage, number));
        if (holder.isPresent() && holder.get().isOfThisHost()) {
            if (holder.get().isGone()) {
                return;
            }
            throw new RefusedRunException(
                    storage.shown(storage.root()),
                    "another driver is using it (process %d on this machine)"
                            .formatted(holder.get().process()));
        }
        long silent = silentSeconds(storage, number);
        if (silent < STALE_SECONDS) {
            throw new RefusedRunException(
                    storage.shown(storage.root()),
                    "another driver is using it (%s, seen %d s ago; if it is gone, it is free %d s after that)"
                            .formatted(holder.map(LockHolder::shown).orElse("unknown"), silent, STALE_SECONDS));
        }
    }

    /** The time since the holder's last sign of life, by the clock that stamps the files. */
    private static long silentSeconds(Storage storage, int number) throws IOException {
        Path probe = new Path(new Path(storage.root(), FOLDER), ".probe-" + UUID.randomUUID());
        storage.files().create(probe, true).close();
        long now = storage.files().getFileStatus(probe).getModificationTime();
        storage.delete(probe);
        Path beat = file(storage, number, ".beat");
        Path seen = storage.exists(beat) ? beat : file(storage, number, LOCK);
        return (now - storage.files().getFileStatus(seen).getModificationTime()) / 1000;
    }

    private static int highest(Storage storage) throws IOException {
        int highest = 0;
        for (FileStatus entry : storage.list(new Path(storage.root(), FOLDER))) {
            if (entry.getPath().getName().endsWith(LOCK)) {
                highest = Math.max(highest, number(entry).orElse(0));
            }
        }
        return highest;
    }

    private static Optional<Integer> number(FileStatus entry) {
        String name = entry.getPath().getName();
        return name.matches("\\d{6,9}\\..*")
                ? Optional.of(Integer.parseInt(name.substring(0, name.indexOf('.'))))
                : Optional.empty();
    }

    private static Path file(Storage storage, int number, String ending) {
        return new Path(new Path(storage.root(), FOLDER), "%06d%s".formatted(number, ending));
    }

    private static String text(Storage storage, int number) throws IOException {
        return new String(storage.read(file(storage, number, LOCK)), StandardCharsets.UTF_8);
    }
}
