package io.solera.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.solera.problem.RequestException;
import io.solera.store.storage.Content;
import io.solera.store.storage.Storage;
import io.solera.store.storage.StoragePath;
import io.solera.store.storage.UnwrittenFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A run: a folder on any Hadoop file system, held by one driver at a time. {@code job.yaml} identifies the job;
 * {@code rounds/} is the run; everything else can be rebuilt from these.
 */
public final class RunFolder implements AutoCloseable {
    /** The folder of TensorBoard's event file, which is derived from the rounds. */
    public static final String TENSORBOARD = "tensorboard";

    static final String JOB = "job.yaml";
    static final Pattern HALF_WRITTEN = Pattern.compile("\\.[\\w.-]+-[0-9a-f-]{36}\\.tmp");

    private final Storage storage;
    private final WorkFolder work;
    private final RunLock lock;
    private final Rounds rounds;
    private @Nullable NavigableSet<Integer> whole;

    private RunFolder(Storage storage, Configuration configuration, RunLock lock) {
        this.storage = storage;
        this.work = WorkFolder.of(storage.root().toString(), configuration);
        this.lock = lock;
        this.rounds = new Rounds(storage);
    }

    /**
     * Creates the folder, or opens that of the same job.
     *
     * @param uri a URI, or a path on the default file system
     * @param job the resolved job, as stored in {@code job.yaml}
     * @param identity the part of a job's text that determines the result; jobs with equal identity are the same
     * @throws RefusedRunException if the folder cannot be used, with the reason
     * @throws LockedRunException if another driver uses it, or may
     */
    public static RunFolder open(String uri, Configuration configuration, String job, UnaryOperator<String> identity)
            throws IOException {
        return open(uri, configuration, job, identity, Opening.AT_ONCE);
    }

    /**
     * How a folder is opened.
     *
     * @param overwrite whether an existing run is removed, under its lock, and this one starts
     * @param patience maximum time to wait for another driver that ends or turns out to be gone
     */
    public record Opening(boolean overwrite, Duration patience) {
        static final Opening AT_ONCE = new Opening(false, Duration.ZERO);
    }

    /**
     * The same with options.
     *
     * @throws RefusedRunException also if it is to be overwritten and contains anything that no run writes
     * @throws LockedRunException if another driver still uses the folder, or may, after the wait
     */
    public static RunFolder open(
            String uri, Configuration configuration, String job, UnaryOperator<String> identity, Opening opening)
            throws IOException {
        Storage storage = storage(uri, configuration);
        RunPlace place = new RunPlace(storage);
        place.requireNotReserved();
        place.make();
        place.requireUsable(job, identity, opening.overwrite());
        RunLock lock = locked(storage, opening.patience());
        try {
            place.requireUsable(job, identity, opening.overwrite());
            if (opening.overwrite()) {
                place.removeRun();
            }
            removeHalfWritten(storage, storage.root());
            writeJob(storage, job);
            return new RunFolder(storage, configuration, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Whether a folder has a run with at least one committed round, which can only be resumed. */
    public static boolean isBegun(String uri, Configuration configuration) throws IOException {
        Storage storage = storage(uri, configuration);
        return storage.exists(new Path(storage.root(), JOB)) && !new Rounds(storage).isEmpty();
    }

    /** Where the folder is, for messages. */
    public String location() {
        return storage.shown(storage.root());
    }

    public Path path(String name) {
        return new Path(storage.root(), name);
    }

    public Rounds rounds() {
        return rounds;
    }

    /** The last committed round, verified. */
    public Optional<CommittedRound> lastRound() throws IOException {
        return rounds.last();
    }

    /** The same for a run that is resumed, with the rounds before it checked, too. */
    public Optional<CommittedRound> resumedRound() throws IOException {
        Optional<CommittedRound> last = new ResumedRounds(storage, rounds).last();
        if (last.isPresent()) {
            removeLeftAfterCommit(last.get().round());
        }
        return last;
    }

    public CommittedRound round(int round) throws IOException {
        return rounds.read(round);
    }

    /** Starts a round, after removing the remains of an uncommitted attempt. */
    public RoundWriter begin(int round) throws IOException {
        lock.check("begin round " + round);
        Path folder = rounds.folder(round);
        if (rounds.find(round).isPresent()) {
            throw new IOException("Cannot begin round %d: it is committed (%s)"
                    .formatted(round, storage.shown(rounds.manifest(round))));
        }
        storage.requireReal(folder);
        for (FileStatus left : storage.list(folder)) {
            storage.delete(left.getPath());
        }
        if (round > 0) {
            removeLeftAfterCommit(round - 1);
        }
        return new RoundWriter(storage, work, lock, rounds, round, this::committed);
    }

    /**
     * Removes the policies and states of all committed rounds but the last {@code keep} and the best ones. Manifests,
     * metrics, rollouts and blends stay.
     */
    public void prune(int keep, Set<Integer> best) throws IOException {
        if (keep < 1) {
            throw new RequestException("Invalid keep-rounds: %d (must be at least 1)".formatted(keep));
        }
        lock.check("remove old rounds");
        int kept = 0;
        for (int round : List.copyOf(whole().descendingSet())) {
            if (++kept > keep && !best.contains(round)) {
                prune(rounds.read(round));
                whole().remove(round);
            }
        }
    }

    /** The committed rounds with their policies. Of a round that was pruned already, the rest is removed again. */
    private NavigableSet<Integer> whole() throws IOException {
        NavigableSet<Integer> known = whole;
        if (known == null) {
            known = new TreeSet<>();
            for (int round : rounds.numbers()) {
                if (rounds.find(round).isPresent()) {
                    known.add(round);
                }
            }
            whole = known;
        }
        return known;
    }

    /**
     * Atomically replaces a file such as {@code summary.json}, which is derived from the rounds.
     */
    public void rewrite(String name, String text) throws IOException {
        rewrite(name, Content.of(text));
    }

    /** The same with a content that need not be in memory. */
    public void rewrite(String name, Content content) throws IOException {
        storage.replace(derived(name), content);
    }

    /** Adds to the end of such a file; false, with nothing changed, where the file system cannot. */
    public boolean append(String name, Content content) throws IOException {
        return storage.append(derived(name), content);
    }

    /** The path of such a file, for who writes it: below the folder, and not through a link. */
    private Path derived(String name) throws IOException {
        lock.check("write " + name);
        Path path = path(name);
        storage.requireReal(path.getParent());
        return path;
    }

    /** Such a file. */
    public InputStream open(String name) throws IOException {
        return storage.files().open(path(name));
    }

    /** @throws LostRunException if another driver uses the folder since */
    public void requireHeld(String doing) throws IOException {
        lock.check(doing);
    }

    /** Releases the folder. */
    @Override
    public void close() throws IOException {
        lock.close();
    }

    /** What a driver left that was killed right after its commit. */
    private void removeLeftAfterCommit(int round) throws IOException {
        lock.check("remove the states of round " + round);
        storage.delete(rounds.work(round));
        removeHalfWritten(storage, rounds.folder(round));
    }

    private static RunLock locked(Storage storage, Duration patience) throws IOException {
        try {
            return RunLock.take(storage, patience, Beats.USUAL);
        } catch (UnwrittenFileException e) {
            if (e.isDenied()) {
                throw new RefusedRunException(storage.shown(storage.root()), firstLine(e));
            }
            throw e;
        }
    }

    /** A resumed run leaves the file as it is: on some stores a new one that fails would be half a one. */
    private static void writeJob(Storage storage, String job) throws IOException {
        Path file = new Path(storage.root(), JOB);
        if (!storage.exists(file) || !new String(storage.read(file), StandardCharsets.UTF_8).equals(job)) {
            storage.replace(file, Content.of(job));
        }
    }

    /** What a killed driver was about to rename. */
    private static void removeHalfWritten(Storage storage, Path folder) throws IOException {
        for (FileStatus entry : storage.list(folder)) {
            if (HALF_WRITTEN.matcher(entry.getPath().getName()).matches()) {
                storage.delete(entry.getPath());
            }
        }
    }

    private void committed(int round) {
        if (whole != null) {
            whole.add(round);
        }
    }

    private void prune(CommittedRound round) throws IOException {
        JsonArray names = new JsonArray();
        Rounds.PRUNED.stream().filter(round::has).forEach(names::add);
        JsonObject json = new JsonObject();
        json.add("pruned", names);
        removeHalfWritten(storage, rounds.folder(round.round()));
        storage.replace(rounds.pruned(round.round()), Content.of(json + "\n"));
        for (String name : Rounds.PRUNED) {
            storage.delete(round.path(name));
        }
    }

    static Storage storage(String uri, Configuration configuration) throws RefusedRunException {
        try {
            return Storage.of(StoragePath.of(uri), configuration);
        } catch (IOException | RuntimeException e) {
            throw new RefusedRunException(uri, firstLine(e));
        }
    }

    static String firstLine(Exception e) {
        return String.valueOf(e.getMessage())
                .lines()
                .findFirst()
                .orElse(e.getClass().getSimpleName());
    }
}
