package io.solera.table.output;

import io.solera.lang.Sha256;
import io.solera.problem.RequestException;
import io.solera.store.storage.Deletion;
import io.solera.store.storage.HadoopFolder;
import io.solera.store.storage.Place;
import io.solera.store.storage.StoragePath;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The output of a command, checked before it does any work. The rule for all commands: what the command did not write
 * itself, as recorded by a {@link Mark}, is never replaced; its own output is replaced only on request; an input, or a
 * folder that contains one, never.
 */
public final class OutputPath {
    private static final int BUFFER = 1 << 16;
    /** File systems with fewer allowed characters in names than a local disk. */
    private static final Set<String> NO_COLONS = Set.of("hdfs", "viewfs", "webhdfs", "swebhdfs", "ofs", "o3fs");

    private final String name;
    private final String command;
    private final FileSystem files;
    private final Path path;
    private final boolean overwrite;

    /** The content of a file. */
    public interface Body {
        void write(OutputStream out) throws IOException;
    }

    private OutputPath(String name, String command, FileSystem files, Path path, boolean overwrite) {
        this.name = name;
        this.command = command;
        this.files = files;
        this.path = path;
        this.overwrite = overwrite;
    }

    /**
     * @param command that writes the output, such as {@code score}
     * @throws IllegalArgumentException if something exists that may not be replaced, or nothing can be written there
     */
    public static OutputPath of(String name, Configuration configuration, String command, boolean overwrite)
            throws IOException {
        OutputPath output = unchecked(name, configuration, command, overwrite);
        output.requireReplaceable();
        return output;
    }

    /** A folder; only its path is checked, its content by {@link #requireReplaceable}. */
    public static OutputPath ofFolder(String name, Configuration configuration, String command, boolean overwrite)
            throws IOException {
        OutputPath output = unchecked(name, configuration, command, overwrite);
        if (output.files.exists(output.path)
                && !output.files.getFileStatus(output.path).isDirectory()) {
            throw new RequestException("Cannot write %s: it is a file (name a folder with --output)".formatted(name));
        }
        return output;
    }

    /** The same for a file or folder. */
    public static OutputPath unchecked(String name, Configuration configuration, String command, boolean overwrite)
            throws IOException {
        FileSystem files = Place.files(name, configuration);
        Path path = files.makeQualified(StoragePath.of(name));
        for (Path folder = path.getParent(); folder != null; folder = folder.getParent()) {
            if (files.exists(folder)) {
                if (!files.getFileStatus(folder).isDirectory()) {
                    throw new RequestException("Cannot write %s: %s is not a folder".formatted(name, folder));
                }
                break;
            }
        }
        if (NO_COLONS.contains(files.getUri().getScheme())
                && path.toUri().getPath().contains(":")) {
            throw new RequestException("Cannot write %s: names on %s have no colon (give another --output)"
                    .formatted(name, files.getUri().getScheme()));
        }
        Optional<String> link = Place.link(files, path);
        if (link.isPresent()) {
            throw new RequestException(
                    "Cannot write %s: it is a symbolic link (name its target, %s)".formatted(name, link.get()));
        }
        Optional<String> reserved = Place.of(files, path).reserved();
        if (reserved.isPresent()) {
            throw new RequestException(
                    "Cannot write %s: it is %s (give another --output)".formatted(name, reserved.get()));
        }
        return new OutputPath(name, command, files, path, overwrite);
    }

    public FileSystem files() {
        return files;
    }

    public Path path() {
        return path;
    }

    public String name() {
        return name;
    }

    /** Whether it is on the driver's disk. */
    public boolean local() {
        return files.getUri().getScheme().equals("file");
    }

    /** The names of the files of a table. */
    public static List<String> files(Dataset<Row> table) {
        return Arrays.stream(table.inputFiles())
                .map(file -> new Path(URI.create(file)).toString())
                .toList();
    }

    /** @throws IllegalArgumentException if one of the inputs is at this path, or in a folder at this path */
    public void requireApart(Collection<String> inputs, Configuration configuration) throws IOException {
        requireApart(name, inputs, configuration);
    }

    /** The same for any file or folder by its name. */
    public static void requireApart(String name, Collection<String> inputs, Configuration configuration)
            throws IOException {
        Place own = Place.of(name, configuration);
        for (String input : inputs) {
            for (Place place : places(input, configuration)) {
                if (own.contains(place)) {
                    throw new RequestException(
                            "Cannot write %s: it is or contains %s, which this command needs (choose another output)"
                                    .formatted(name, input));
                }
            }
        }
    }

    /** An input, and its matches if it is a pattern. */
    private static List<Place> places(String input, Configuration configuration) throws IOException {
        List<Place> places = new ArrayList<>(List.of(Place.of(input, configuration)));
        FileSystem files = Place.files(input, configuration);
        if (StoragePath.hasPattern(input)) {
            for (Path match : StoragePath.matching(files, StoragePath.of(input))) {
                places.add(Place.of(files, match));
            }
        }
        return places;
    }

    /** @throws IllegalArgumentException if something exists that this command did not write, or may not replace */
    public void requireReplaceable() throws IOException {
        requireReplaceable(overwrite);
    }

    public void requireReplaceable(boolean overwrite) throws IOException {
        FileStatus there = there();
        if (there == null) {
            return;
        }
        Optional<Mark> mark = mark(there);
        if (mark.isEmpty() || !mark.get().command().equals(command)) {
            throw new RequestException(
                    ("Cannot write %s: it exists, and solera %s did not write it (give another --output, or remove it "
                                    + "yourself)")
                            .formatted(name, command));
        }
        if (!overwrite) {
            throw new RequestException(
                    "Cannot write %s: it exists (give another --output, or --overwrite)".formatted(name));
        }
        String foreign = mark.get().foreign(files, there);
        if (foreign != null) {
            throw new RequestException(
                    "Cannot replace %s: solera %s wrote it, but %s (give another --output, or remove it yourself)"
                            .formatted(name, command, foreign));
        }
    }

    /** Whether this command wrote the existing output. */
    public boolean isOwn() throws IOException {
        FileStatus there = there();
        return there != null
                && mark(there).filter(mark -> mark.command().equals(command)).isPresent();
    }

    /** Makes room: the existing output is checked once more, and removed. */
    public void clear() throws IOException {
        requireReplaceable();
        Deletion.below(files, path.getParent(), path);
        Deletion.below(files, path.getParent(), Mark.ofFile(path));
    }

    /** A new folder, marked as this command's, to write files into; call {@link #finish} when it is complete. */
    public HadoopFolder folder() throws IOException {
        begin();
        return HadoopFolder.of(path.toString(), files.getConf());
    }

    /** The folder that this command wrote before, to continue it. */
    public HadoopFolder existing() throws IOException {
        return HadoopFolder.of(path.toString(), files.getConf());
    }

    public void begin() throws IOException {
        clear();
        files.mkdirs(path);
        Mark.unfinished(command).write(files, Mark.ofFolder(path));
    }

    /** Marks a folder as finished: its current content is this command's. */
    public void finish() throws IOException {
        if (files.exists(path) && files.getFileStatus(path).isDirectory()) {
            Mark.finishedFolder(command, files, path).write(files, Mark.ofFolder(path));
        }
    }

    /** Writes one file; on a local disk it appears once it is complete. */
    public void write(Body body) throws IOException {
        if (files.exists(path) && files.getFileStatus(path).isDirectory()) {
            throw new RequestException("Cannot write %s: it is a folder (give another --output)".formatted(name));
        }
        requireReplaceable();
        Sha256 hash = new Sha256();
        if (!local()) {
            try (OutputStream out = new BufferedOutputStream(hash.writing(files.create(path, true)), BUFFER)) {
                body.write(out);
            }
        } else {
            writeLocal(body, hash);
        }
        Mark.finishedFile(command, files.getFileStatus(path).getLen(), hash.hex())
                .write(files, Mark.ofFile(path));
    }

    private void writeLocal(Body body, Sha256 hash) throws IOException {
        java.nio.file.Path target = java.nio.file.Path.of(path.toUri().getPath());
        java.nio.file.Path parent = target.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        java.nio.file.Path partial =
                target.resolveSibling(".%s-%s.partial".formatted(target.getFileName(), UUID.randomUUID()));
        try {
            try (OutputStream out = new BufferedOutputStream(
                    hash.writing(Files.newOutputStream(partial, StandardOpenOption.CREATE_NEW)), BUFFER)) {
                body.write(out);
            }
            Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Deletion.temporary(partial);
        }
    }

    /** What is in the way; null if nothing is, or an empty folder. */
    private @Nullable FileStatus there() throws IOException {
        if (!files.exists(path)) {
            return null;
        }
        FileStatus status = files.getFileStatus(path);
        return status.isDirectory() && files.listStatus(path).length == 0 ? null : status;
    }

    private Optional<Mark> mark(FileStatus there) throws IOException {
        return Mark.read(files, there.isDirectory() ? Mark.ofFolder(path) : Mark.ofFile(path));
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
