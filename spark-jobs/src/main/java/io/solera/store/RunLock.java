package io.solera.store;

import io.solera.store.storage.Content;
import io.solera.store.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One driver per run folder. Lock n is the file {@code lock/00000n.json}, made once, with the {@link LockHolder}; the
 * highest n holds, and a lower one is fenced off for ever. A new driver makes lock n + 1 when the holder of n released
 * it ({@code .released}), when the holder was a process of this machine that is gone (so a killed driver can be resumed
 * at once), or when its sign of life ({@code .beat}) has not changed while the new driver watched it for {@link
 * Beats#silence}.
 */
final class RunLock implements AutoCloseable {
    static final String FOLDER = "lock";
    private static final String LOCK = ".json";
    private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);
    /** When the JVM ends: after Spark has stopped (40), so that nothing is committed, before its tasks are awaited (20). */
    private static final int AT_EXIT = 30;

    private final Storage storage;
    private final int number;
    private final LockHolder holder;
    private final Beats beats;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Runnable atExit = this::letGo;
    private long beat;

    private RunLock(Storage storage, int number, LockHolder holder, Beats beats) {
        this.storage = storage;
        this.number = number;
        this.holder = holder;
        this.beats = beats;
    }

    /**
     * @param wait how long to wait at most for a lock that is released or turns out to be nobody's
     * @throws LockedRunException when another driver still holds it, or may, after that
     */
    static RunLock take(Storage storage, Duration wait, Beats beats) throws IOException {
        storage.files().mkdirs(new Path(storage.root(), FOLDER));
        long begun = System.nanoTime();
        LockWatch watch = new LockWatch(storage);
        while (true) {
            int highest = highest(storage);
            if (highest == 0 || isFree(storage, highest, watch, beats)) {
                LockHolder holder = LockHolder.thisProcess(UUID.randomUUID().toString());
                RunLock lock = new RunLock(storage, highest + 1, holder, beats);
                boolean made = storage.publish(file(storage, highest + 1, LOCK), Content.of(holder.json()));
                if (made || lock.isHeld()) {
                    lock.begin();
                    return lock;
                }
                highest = highest(storage);
            }
            Duration waited = Duration.ofNanos(System.nanoTime() - begun);
            if (waited.compareTo(wait) >= 0) {
                throw refused(storage, highest, watch, beats, waited);
            }
            pause(beats.look());
        }
    }

    String run() {
        return holder.run();
    }

    /** @param doing what must not be done without the lock, as in {@code commit round 7} */
    void check(String doing) throws IOException {
        if (closed.getCount() == 0) {
            throw new LostRunException("Cannot %s: this driver has let run folder %s go, as its process ends"
                    .formatted(doing, storage.shown(storage.root())));
        }
        if (!isHeld()) {
            throw new LostRunException(
                    "Cannot %s: another driver took over run folder %s (its lock is %d, this one's %d)"
                            .formatted(doing, storage.shown(storage.root()), highest(storage), number));
        }
    }

    @Override
    public void close() throws IOException {
        if (!ShutdownHookManager.get().isShutdownInProgress()) {
            ShutdownHookManager.get().removeShutdownHook(atExit);
        }
        release();
    }

    private void letGo() {
        try {
            release();
        } catch (IOException e) {
            warn(e);
        }
    }

    private synchronized void release() throws IOException {
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
        Thread thread = new Thread(this::beatUntilClosed, "solera-run-lock");
        thread.setDaemon(true);
        thread.start();
        ShutdownHookManager.get().addShutdownHook(atExit, AT_EXIT);
    }

    private void beatUntilClosed() {
        try {
            while (!closed.await(beats.every().toNanos(), TimeUnit.NANOSECONDS)) {
                try {
                    beat();
                } catch (IOException e) {
                    warn(e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat() throws IOException {
        storage.replace(file(storage, number, ".beat"), Content.of(holder.run() + " " + beat++ + "\n"));
    }

    private void warn(IOException why) {
        LOG.warn("Cannot renew the lock of run folder {}: {}", storage.shown(storage.root()), why.getMessage());
    }

    private boolean isHeld() throws IOException {
        return highest(storage) == number
                && LockHolder.of(text(storage, number)).filter(holder::equals).isPresent();
    }

    private static boolean isFree(Storage storage, int number, LockWatch watch, Beats beats) throws IOException {
        if (storage.exists(file(storage, number, ".released"))) {
            return true;
        }
        Optional<Boolean> alive = LockHolder.of(text(storage, number)).flatMap(LockHolder::isAlive);
        Duration silence = watch.silence(file(storage, number, LOCK), file(storage, number, ".beat"));
        return alive.map(is -> !is).orElse(silence.compareTo(beats.silence()) >= 0);
    }

    private static LockedRunException refused(
            Storage storage, int number, LockWatch watch, Beats beats, Duration waited) throws IOException {
        Optional<LockHolder> holder = LockHolder.of(text(storage, number));
        String who = holder.map(LockHolder::shown).orElse("unknown");
        String why;
        if (holder.flatMap(LockHolder::isAlive).isPresent() || watch.sawLife()) {
            why = "another driver is using it (%s; wait for its end with --wait=SECONDS)".formatted(who);
        } else {
            why = ("another driver may be using it (%s, without a sign of life for %d s;"
                            + " if it is gone, --wait takes over after %d s)")
                    .formatted(who, waited.toSeconds(), beats.silence().toSeconds());
        }
        return new LockedRunException(storage.shown(storage.root()), why);
    }

    private static void pause(Duration time) throws InterruptedIOException {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Cannot wait for the lock: interrupted");
        }
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

    /** Nothing when it has just been fenced off. */
    private static String text(Storage storage, int number) throws IOException {
        try {
            return new String(storage.read(file(storage, number, LOCK)), StandardCharsets.UTF_8);
        } catch (FileNotFoundException e) {
            return "";
        }
    }
}
