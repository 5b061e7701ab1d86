package io.solera.store;

import com.google.gson.JsonObject;
import io.solera.checkpoint.file.Folder;
import io.solera.lang.Sha256;
import io.solera.store.storage.HadoopFolder;
import io.solera.store.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.jspecify.annotations.Nullable;

/** A round whose manifest is published and complete. */
public final class CommittedRound {
    /** By far the most bytes, of which nothing needs those of an earlier round: a user may remove them. */
    public static final String ROLLOUTS = "rollouts.parquet";

    private final Storage storage;
    private final Path path;
    private final Manifest manifest;
    private final Set<String> pruned;

    CommittedRound(Storage storage, Path path, Manifest manifest, Set<String> pruned) {
        this.storage = storage;
        this.path = path;
        this.manifest = manifest;
        this.pruned = Set.copyOf(pruned);
    }

    public int round() {
        return manifest.round();
    }

    /** The location of its manifest, for messages. */
    public String location() {
        return storage.shown(new Path(path, Manifest.NAME));
    }

    public String attempt() {
        return manifest.attempt();
    }

    /** The random name of the driver that committed it; that of round 0 identifies the run, wherever its folder is. */
    public String run() {
        return manifest.run();
    }

    /** A copy of the round's metrics. */
    public JsonObject metrics() {
        return manifest.metrics().deepCopy();
    }

    /** The files as committed, including those pruned since, sorted by name. */
    public List<StoredFile> files() {
        return manifest.files();
    }

    /** The SHA-256 of a file such as {@code policy/model.safetensors}, as committed; empty if there is no such file. */
    public Optional<String> sha256(String name) {
        return files().stream()
                .filter(file -> file.name().equals(name))
                .map(StoredFile::sha256)
                .findFirst();
    }

    /** Whether the folder {@code policy} or {@code state} was removed by {@link RunFolder#prune}. */
    public boolean isPruned(String folder) {
        return pruned.contains(folder);
    }

    public boolean has(String name) {
        return files().stream()
                .anyMatch(file -> file.name().equals(name) || file.name().startsWith(name + "/"));
    }

    /** A folder such as {@code policy} or {@code state}. */
    public Folder folder(String name) {
        return new HadoopFolder(storage, path(name));
    }

    /** The same, for a task that reads it. */
    public WorkFolder files(String name) {
        return WorkFolder.of(path(name).toString(), storage.files().getConf());
    }

    /** The location of a file or folder, for Spark to read. */
    public Path path(String name) {
        return new Path(new Path(path, manifest.attempt()), name);
    }

    /** A text file such as {@code blend.json}. */
    public String read(String name) throws IOException {
        try (InputStream in = storage.files().open(path(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Verifies every file that is not pruned against the manifest. */
    public CommittedRound verify() throws IOException {
        for (StoredFile file : files()) {
            if (!pruned.contains(folder(file))) {
                verify(file);
            }
        }
        return this;
    }

    /**
     * Verifies, of a round before the last, the policy and the state unless pruned, and of every other file that it is
     * there with its size.
     */
    CommittedRound verifyKept() throws IOException {
        Map<String, Long> sizes = sizes();
        for (StoredFile file : files()) {
            boolean removed = file.name().equals(ROLLOUTS) && !sizes.containsKey(ROLLOUTS);
            if (!removed && !pruned.contains(folder(file))) {
                requireSize(file, sizes.get(file.name()));
                if (Rounds.PRUNED.contains(folder(file))) {
                    verify(file);
                }
            }
        }
        return this;
    }

    /** Empty for a file that is in no folder. */
    private static String folder(StoredFile file) {
        return file.name().substring(0, Math.max(0, file.name().indexOf('/')));
    }

    /** The sizes of all files by name: on an object store a single request, however many there are. */
    private Map<String, Long> sizes() throws IOException {
        Path attempt = new Path(path, manifest.attempt());
        int prefix = attempt.toUri().getPath().length() + 1;
        Map<String, Long> sizes = new HashMap<>();
        try {
            RemoteIterator<LocatedFileStatus> files = storage.files().listFiles(attempt, true);
            while (files.hasNext()) {
                FileStatus file = files.next();
                sizes.put(file.getPath().toUri().getPath().substring(prefix), file.getLen());
            }
        } catch (FileNotFoundException e) {
            return Map.of();
        }
        return sizes;
    }

    private void requireSize(StoredFile file, @Nullable Long size) throws DamagedRunException {
        String shown = storage.shown(path(file.name()));
        if (size == null) {
            throw new DamagedRunException(
                    round(), "%s is missing (it must have %d bytes)".formatted(shown, file.bytes()));
        }
        if (size != file.bytes()) {
            throw new DamagedRunException(round(), "%s has %d bytes (must be %d)".formatted(shown, size, file.bytes()));
        }
    }

    private void verify(StoredFile file) throws IOException {
        Path place = path(file.name());
        String shown = storage.shown(place);
        Long size = null;
        try {
            size = storage.files().getFileStatus(place).getLen();
        } catch (FileNotFoundException e) {
            // said as of a folder
        }
        requireSize(file, size);
        String hash = Sha256.of(storage.files().open(place));
        if (!hash.equals(file.sha256())) {
            throw new DamagedRunException(
                    round(), "%s was changed (its SHA-256 is %s, must be %s)".formatted(shown, hash, file.sha256()));
        }
    }
}
