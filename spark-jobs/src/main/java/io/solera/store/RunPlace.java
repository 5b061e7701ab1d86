package io.solera.store;

import io.solera.config.yaml.ConfigDifference;
import io.solera.store.storage.Place;
import io.solera.store.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Whether a folder can be that of a job's run: it can be made, is nobody else's, and holds no run of another job. */
final class RunPlace {
    /** What a run writes into its folder; anything else belongs to somebody else. */
    private static final Pattern OWN = Pattern.compile(
            "job\\.yaml|metrics\\.jsonl|summary\\.json|report\\.html|molecules\\.csv|samples\\.jsonl|rounds|"
                    + RunFolder.TENSORBOARD + "|" + RunLock.FOLDER + "|" + RunFolder.HALF_WRITTEN + "|\\..*\\.crc");

    private static final Pattern LOCK_FILE = Pattern.compile("\\.?\\d{6,9}\\..*");

    private final Storage storage;
    private final String location;

    RunPlace(Storage storage) {
        this.storage = storage;
        this.location = storage.shown(storage.root());
    }

    void requireNotReserved() throws IOException {
        Optional<String> reserved = Place.of(storage.files(), storage.root()).reserved();
        if (reserved.isPresent()) {
            throw new RefusedRunException(
                    location,
                    "it is %s (a run needs a folder of its own: name another --run-dir)".formatted(reserved.get()));
        }
    }

    void make() throws RefusedRunException {
        for (Path path = storage.root(); path != null; path = path.getParent()) {
            if (isFile(path)) {
                throw new RefusedRunException(location, "%s is a file".formatted(storage.shown(path)));
            }
        }
        String why;
        try {
            why = storage.files().mkdirs(storage.root()) ? "" : "the file system refuses";
        } catch (IOException e) {
            why = RunFolder.firstLine(e);
        }
        if (!why.isEmpty()) {
            throw new RefusedRunException(location, "it cannot be made (%s)".formatted(why));
        }
    }

    private boolean isFile(Path path) {
        try {
            return storage.files().getFileStatus(path).isFile();
        } catch (IOException e) { // it does not exist or is not visible; creating the folder will tell
            return false;
        }
    }

    void requireUsable(String job, UnaryOperator<String> identity, boolean overwrite) throws IOException {
        if (overwrite) {
            requireOwn();
        } else {
            requireSameJob(job, identity);
        }
    }

    private void requireSameJob(String job, UnaryOperator<String> identity) throws IOException {
        List<String> names = storage.list(storage.root()).stream()
                .map(entry -> entry.getPath().getName())
                .filter(name -> !name.equals(RunLock.FOLDER)
                        && !(name.startsWith(".") && OWN.matcher(name).matches()))
                .toList();
        if (names.isEmpty()) {
            return;
        }
        if (!names.contains(RunFolder.JOB)) {
            throw new RefusedRunException(
                    location,
                    "it is not a run folder (it contains %s and no %s)".formatted(names.get(0), RunFolder.JOB));
        }
        if (holdsNothingButATry(names)) {
            return;
        }
        String there = new String(storage.read(new Path(storage.root(), RunFolder.JOB)), StandardCharsets.UTF_8);
        List<String> differences;
        try {
            differences = ConfigDifference.between(identity.apply(there), identity.apply(job));
        } catch (IllegalArgumentException e) {
            throw new RefusedRunException(
                    location, "its %s cannot be read (%s)".formatted(RunFolder.JOB, e.getMessage()));
        }
        if (!differences.isEmpty()) {
            throw new RefusedRunException(
                    location,
                    "it is the run of another job (%s); use another --run-dir"
                            .formatted(String.join("; ", differences.subList(0, Math.min(3, differences.size())))));
        }
    }

    /** Whether a driver started here and committed nothing: any job may replace it. */
    private boolean holdsNothingButATry(List<String> names) throws IOException {
        return Set.of(RunFolder.JOB, Rounds.FOLDER).containsAll(names)
                && !storage.list(new Path(storage.root(), RunLock.FOLDER)).isEmpty()
                && new Rounds(storage).isEmpty();
    }

    /**
     * Only folders that contain nothing but a run's own files, with correctly named rounds, are removed. A
     * {@code job.yaml} without a lock belongs to another program.
     */
    private void requireOwn() throws IOException {
        if (storage.exists(new Path(storage.root(), RunFolder.JOB))
                && storage.list(new Path(storage.root(), RunLock.FOLDER)).isEmpty()) {
            throw new RefusedRunException(
                    location,
                    "its %s is not of a run (there is no folder %s; move it away, or use another --run-dir)"
                            .formatted(RunFolder.JOB, RunLock.FOLDER));
        }
        requireNames(storage.root(), OWN);
        requireNames(new Path(storage.root(), RunLock.FOLDER), LOCK_FILE);
        requireNames(new Path(storage.root(), Rounds.FOLDER), Rounds.NUMBER);
    }

    private void requireNames(Path folder, Pattern own) throws IOException {
        for (FileStatus entry : storage.list(folder)) {
            String name = entry.getPath().getName();
            if (!own.matcher(name).matches()
                    && !(name.startsWith(".") && OWN.matcher(name).matches())) {
                throw new RefusedRunException(
                        location,
                        "it contains %s, which no run writes (move that away, or use another --run-dir)"
                                .formatted(storage.shown(entry.getPath())));
            }
        }
    }

    /** Removes the last round first and the job last: an interrupted removal leaves a shorter run. */
    void removeRun() throws IOException {
        Rounds rounds = new Rounds(storage);
        for (int round : rounds.numbers().descendingSet()) {
            storage.delete(rounds.manifest(round));
            storage.delete(rounds.folder(round));
        }
        for (FileStatus entry : storage.list(storage.root())) {
            if (!Set.of(RunLock.FOLDER, RunFolder.JOB).contains(entry.getPath().getName())) {
                storage.delete(entry.getPath());
            }
        }
        storage.delete(new Path(storage.root(), RunFolder.JOB));
    }
}
