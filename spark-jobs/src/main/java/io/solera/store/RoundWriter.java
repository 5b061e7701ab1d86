package io.solera.store;

import com.google.gson.JsonObject;
import io.solera.checkpoint.file.Folder;
import io.solera.lang.Sha256;
import io.solera.store.storage.Content;
import io.solera.store.storage.HadoopFolder;
import io.solera.store.storage.Publication;
import io.solera.store.storage.Storage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * A round that is being written, in a separate folder per attempt; it exists once {@link #commit} has published its
 * manifest.
 */
public final class RoundWriter {
    private final Storage storage;
    private final RunLock lock;
    private final Rounds rounds;
    private final int round;
    private final IntConsumer committed;
    private final String attempt = UUID.randomUUID().toString().substring(0, 8);
    private final WorkFolder work;
    private final WorkFolder files;
    private final Path folder;
    private final Map<String, StoredFile> hashed = new ConcurrentHashMap<>();

    /** @param committed is passed the round once it exists */
    RoundWriter(Storage storage, WorkFolder run, RunLock lock, Rounds rounds, int round, IntConsumer committed) {
        this.storage = storage;
        this.lock = lock;
        this.rounds = rounds;
        this.round = round;
        this.committed = committed;
        this.work = run.at(rounds.work(round) + "/" + attempt);
        this.folder = new Path(rounds.folder(round), attempt);
        this.files = run.at(folder.toString());
    }

    public int round() {
        return round;
    }

    public String attempt() {
        return attempt;
    }

    /** A folder such as {@code policy} or {@code state}. */
    public Folder folder(String name) {
        return new HashingFolder(new HadoopFolder(storage, path(name)), name + "/", hashed);
    }

    /** The location of a file or folder, for Spark to write. */
    public Path path(String name) {
        return new Path(folder, name);
    }

    /** The folder of its files, for a task that writes one. */
    public WorkFolder files() {
        return files;
    }

    /** One of its folders, for a task that reads it. */
    public WorkFolder files(String name) {
        return files.at(path(name).toString());
    }

    /** Takes the hash of a file that a task wrote there. */
    public void note(StoredFile file) {
        hashed.put(file.name(), file);
    }

    /** Writes a text file such as {@code blend.json}. */
    public void write(String name, String text) throws IOException {
        create(name, Content.of(text));
    }

    /** Writes any file. */
    public void create(String name, Content content) throws IOException {
        Folder attempt = new HashingFolder(new HadoopFolder(storage, folder), "", hashed);
        try (OutputStream out = attempt.create(name)) {
            content.writeTo(out);
        }
    }

    /** The states between the steps; the commit removes them. */
    public WorkFolder work() {
        return work;
    }

    /** Publishes the round: from here on it exists, with the files that are now in its folder. */
    public CommittedRound commit(JsonObject metrics) throws IOException {
        String doing = "commit round " + round;
        lock.check(doing);
        Manifest manifest = new Manifest(round, attempt, lock.run(), stored(), FiniteJson.of(metrics));
        lock.check(doing);
        boolean published = storage.publish(rounds.manifest(round), Content.of(manifest.text()));
        CommittedRound stored = rounds.read(round);
        if (!published && !stored.attempt().equals(attempt)) {
            throw new LostRunException("Cannot commit round %d: another driver committed it first (%s)"
                    .formatted(round, storage.shown(rounds.manifest(round))));
        }
        committed.accept(round);
        storage.delete(rounds.work(round));
        return stored;
    }

    private List<StoredFile> stored() throws IOException {
        List<StoredFile> files = new ArrayList<>();
        collect(folder, "", files);
        if (files.isEmpty()) {
            throw new IOException(
                    "Cannot commit round %d: it has no files (%s)".formatted(round, storage.shown(folder)));
        }
        files.sort(Comparator.comparing(StoredFile::name));
        return files;
    }

    private void collect(Path folder, String prefix, List<StoredFile> files) throws IOException {
        for (FileStatus entry : storage.list(folder)) {
            Path path = entry.getPath();
            String name = prefix + path.getName();
            if (entry.isDirectory()) {
                collect(path, name + "/", files);
            } else if (isChecksum(path)) {
                storage.delete(path);
            } else {
                files.add(stored(name, entry));
            }
        }
    }

    /** Of what this process wrote the hash is known; what Spark's tasks wrote is read. */
    private StoredFile stored(String name, FileStatus entry) throws IOException {
        StoredFile known = hashed.get(name);
        return known != null && known.bytes() == entry.getLen()
                ? known
                : new StoredFile(name, entry.getLen(), Sha256.of(storage.files().open(entry.getPath())));
    }

    /**
     * Whether Hadoop's local file system, through which Spark writes, left a checksum beside a file: the manifest has a
     * better one.
     */
    private boolean isChecksum(Path path) {
        return storage.publication() == Publication.LINK && path.getName().matches("\\..*\\.crc");
    }
}
