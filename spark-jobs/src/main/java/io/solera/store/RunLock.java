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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One driver per run folder. Lock n is the file {@code lock/00000n.json}, created once, with the {@link LockHolder};
 * the highest n holds, and lower ones are fenced off for ever. A new driver creates lock n + 1 if the holder of n
 * released it ({@code .released}), if the holder was a process of this machine that is gone (so that a killed driver
 * can be resumed at once), or if its heartbeat ({@code .beat}) has not changed while the new driver watched it for
 * {@link Beats#silence}.
 */
final class RunLock implements AutoCloseable {
    static final String FOLDER = "lock";
    private static final String LOCK = ".json";
    /** A lock's files, and before they are whole. */
    private static final Pattern NUMBERED = Pattern.compile("\\.?(\\d{6,9})\\..*");

    private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);
    /**
     * Shutdown priority: after Spark has stopped (40), so that nothing is committed, before its tasks are awaited (20).
     */
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
     * @param wait maximum time to wait for a lock that is released or turns out to be abandoned
     * @throws LockedRunException if another driver still holds it, or may, after that
     */
    static RunLock take(Storage storage, Duration wait, Beats beats) throws IOException {
        storage.files().mkdirs(new Path(storage.root(), FOLDER));
        long start = System.nanoTime();
        LockWatch watch = new LockWatch(storage);
        while (true) {
            int highest = highest(storage);
            if (highest == 0 || isFree(storage, highest, watch, beats)) {
                LockHolder holder = LockHolder.thisProcess(UUID.randomUUID().toString());
                RunLock lock = new RunLock(storage, highest + 1, holder, beats);
                boolean made = storage.publish(file(storage, highest + 1, LOCK), Content.of(holder.json()));
                if (made || lock.isHeld()) {
                    lock.beginOrLetGo();
                    return lock;
                }
                highest = highest(storage);
            }
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            if (waited.compareTo(wait) >= 0) {
                throw refused(storage, highest, watch, beats, waited);
            }
            pause(beats.look());
        }
    }

    String run() {
        return holder.run();
    }

    /** @param doing the action that requires the lock, such as {@code commit round 7} */
    void check(String doing) throws IOException {
        if (closed.getCount() == 0) {
            throw new LostRunException("Cannot %s: this driver has released run folder %s, since its process is ending"
                    .formatted(doing, storage.shown(storage.root())));
        }
        if (!isHeld()) {
            throw new LostRunException(
                    "Cannot %s: another driver took over run folder %s (its lock is %d, this one's %d)"
                            .formatted(doing, storage.shown(storage.root()), highest(storage), number));
        }
    }

    @Override
    public void close() {
        if (!ShutdownHookManager.get().isShutdownInProgress()) {
            ShutdownHookManager.get().removeShutdownHook(atExit);
        }
        letGo();
    }

    /** A run that is done is done, too, where the disk is full: without this the next driver has to look longer. */
    private void letGo() {
        try {
            release();
        } catch (IOException e) {
            LOG.warn("Cannot release run folder {}: {}", storage.shown(storage.root()), e.getMessage());
        }
    }

    private synchronized void release() throws IOException {
        closed.countDown();
        storage.replace(file(storage, number, ".released"), Content.of(""));
    }

    private void beginOrLetGo() throws IOException {
        try {
            begin();
        } catch (IOException e) {
            try {
                storage.delete(file(storage, number, LOCK));
            } catch (IOException alsoThis) {
                e.addSuppressed(alsoThis);
            }
            throw e;
        }
    }

    private void begin() throws IOException {
        beat();
        for (FileStatus entry : storage.list(new Path(storage.root(), FOLDER))) {
            Optional<Integer> older = number(entry);
            if (older.isPresent() && older.get() < number) { // with what a killed driver left half written
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
        Matcher name = NUMBERED.matcher(entry.getPath().getName());
        return name.matches() ? Optional.of(Integer.parseInt(name.group(1))) : Optional.empty();
    }

    private static Path file(Storage storage, int number, String ending) {
        return new Path(new Path(storage.root(), FOLDER), "%06d%s".formatted(number, ending));
    }

    /** Empty if it has just been fenced off. */
    private static String text(Storage storage, int number) throws IOException {
        try {
            return new String(storage.read(file(storage, number, LOCK)), StandardCharsets.UTF_8);
        } catch (FileNotFoundException e) {
            return "";
        }
    }
}
