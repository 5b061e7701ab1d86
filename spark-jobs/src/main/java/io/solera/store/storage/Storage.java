package io.solera.store.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.jspecify.annotations.Nullable;

/**
 * A Hadoop file system with the two guarantees that a run folder needs: {@link #publish} creates a complete file or
 * none, once; {@link #replace} leaves the old file or the new one.
 */
public record Storage(FileSystem files, Path root, Publication publication) {

    public static Storage of(Path folder, Configuration configuration) throws IOException {
        FileSystem files = files(folder, configuration);
        Path root = files.makeQualified(folder);
        return new Storage(files, root, Publication.on(files, root));
    }

    static FileSystem files(Path path, Configuration configuration) throws IOException {
        FileSystem found = path.getFileSystem(configuration);
        return isPlainDisk(found) ? LocalDisk.of(found.getUri(), configuration) : found;
    }

    private static boolean isPlainDisk(FileSystem found) {
        return found.getUri().getScheme().equals("file") && !(found instanceof LocalDisk);
    }

    /** A path as the user would write it. */
    public String shown(Path path) {
        return publication == Publication.LINK ? path.toUri().getPath() : path.toString();
    }

    public byte[] read(Path file) throws IOException {
        try (FSDataInputStream in = files.open(file)) {
            return in.readAllBytes();
        }
    }

    public boolean exists(Path path) throws IOException {
        return files.exists(path);
    }

    /** The content of a folder, sorted by name; empty if there is no such folder. */
    public List<FileStatus> list(Path folder) throws IOException {
        try {
            FileStatus[] entries = files.listStatus(folder);
            Arrays.sort(entries);
            return List.of(entries);
        } catch (FileNotFoundException e) {
            return List.of();
        }
    }

    /** Deletes a path below the root, without following links on the way. */
    public void delete(Path path) throws IOException {
        Deletion.below(files, root, path);
    }

    /** @throws IOException if the path to a folder contains a symbolic link, or the folder is one */
    public void requireReal(Path folder) throws IOException {
        Deletion.requireReal(files, root, folder);
    }

    /**
     * Creates a file that says who was first; it survives that the machine loses its power.
     *
     * @return false, with nothing changed, if another file of that name exists
     */
    public boolean publish(Path target, Content content) throws IOException {
        return publish(target, content, true, true);
    }

    /**
     * The same, of a file whose content is the same whoever writes it.
     *
     * @param synced whether it must survive that the machine loses its power; what is begun again then need not
     */
    public boolean publishSame(Path target, Content content, boolean synced) throws IOException {
        return publish(target, content, false, synced);
    }

    private boolean publish(Path target, Content content, boolean exclusive, boolean synced) throws IOException {
        try {
            return switch (publication) {
                case LINK -> link(target, content, exclusive, synced);
                case RENAME -> rename(target, content, synced);
                case CONDITIONAL_CREATE -> create(target, content, () -> conditional(target));
                case EXCLUSIVE_CREATE, SINGLE_WRITER ->
                    !files.exists(target) && create(target, content, () -> files.create(target, false));
            };
        } catch (IOException e) {
            if (isThere(target, e)) {
                return false;
            }
            throw e;
        }
    }

    /** Replaces a file, or creates it; it survives that the machine loses its power. */
    public void replace(Path target, Content content) throws IOException {
        if (publication == Publication.LINK) {
            replace(written(target, content, true), target, disk()::replace);
        } else if (publication != Publication.RENAME) {
            overwrite(target, content);
        } else {
            FileContext context;
            try {
                context = FileContext.getFileContext(files.getUri(), files.getConf());
            } catch (UnsupportedFileSystemException e) {
                overwrite(target, content);
                return;
            }
            replace(
                    written(target, content, true),
                    target,
                    (whole, name) -> context.rename(whole, name, Options.Rename.OVERWRITE));
        }
    }

    /** Opens a new file that no reader minds to find half written, such as those of a round that is not committed. */
    OutputStream create(Path path) throws IOException {
        return GuardedStream.open(shown(path), true, () -> files.create(path, true));
    }

    /** Adds to the end of a file; false, with nothing changed, where the file system cannot. */
    public boolean append(Path target, Content content) throws IOException {
        if (publication != Publication.LINK && !files.hasPathCapability(target, CommonPathCapabilities.FS_APPEND)) {
            return false;
        }
        try (OutputStream out = GuardedStream.open(
                shown(target),
                false,
                () -> publication == Publication.LINK ? disk().extend(target) : files.append(target))) {
            content.writeTo(out);
        }
        return true;
    }

    private boolean link(Path target, Content content, boolean exclusive, boolean synced) throws IOException {
        Path whole = written(target, content, synced);
        IOException failed = null;
        try {
            linked(target, whole, exclusive);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            failed = UnwrittenFileException.of(shown(target), e);
            throw failed;
        } finally {
            discard(whole, failed);
        }
    }

    /** A disk without hard links gets a copy, or the file itself where nobody minds that another one is replaced. */
    private void linked(Path target, Path whole, boolean exclusive) throws IOException {
        try {
            disk().link(target, whole);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            if (!exclusive) {
                disk().replace(whole, target);
                return;
            }
            try {
                disk().copy(target, whole);
            } catch (FileAlreadyExistsException another) {
                throw another;
            } catch (IOException half) {
                discard(target, half);
                throw half;
            }
        }
    }

    private boolean rename(Path target, Content content, boolean synced) throws IOException {
        Path whole = written(target, content, synced);
        boolean renamed;
        try {
            renamed = files.rename(whole, target);
        } catch (IOException e) {
            discard(whole, e);
            throw UnwrittenFileException.of(shown(target), e);
        }
        if (!renamed) {
            discard(whole, null);
            if (!files.exists(target)) {
                throw UnwrittenFileException.of(shown(target), new IOException("the file system refuses to rename"));
            }
        }
        return renamed;
    }

    /** Renames a file over another. */
    private interface Replacing {
        void replace(Path whole, Path target) throws IOException;
    }

    private void replace(Path whole, Path target, Replacing replacing) throws IOException {
        try {
            replacing.replace(whole, target);
        } catch (IOException e) {
            discard(whole, e);
            throw UnwrittenFileException.of(shown(target), e);
        }
    }

    private FSDataOutputStream conditional(Path target) throws IOException {
        FSDataOutputStreamBuilder<?, ?> builder = files.createFile(target);
        builder.recursive();
        builder.overwrite(true);
        builder.must(Publication.CONDITIONAL, true);
        return (FSDataOutputStream) builder.build();
    }

    /** A finished file next to the target. */
    private Path written(Path target, Content content, boolean synced) throws IOException {
        Path whole = StoragePath.child(target.getParent(), ".%s-%s.tmp".formatted(target.getName(), UUID.randomUUID()));
        try {
            try (OutputStream out = GuardedStream.open(shown(target), synced, () -> files.create(whole, false))) {
                content.writeTo(out);
            }
            return whole;
        } catch (Throwable e) {
            discard(whole, e);
            throw e;
        }
    }

    /** Whether there is such a file after all: it is another writer's, or ours, of which the answer was lost. */
    private boolean isThere(Path target, IOException why) {
        try {
            return files.exists(target);
        } catch (IOException e) {
            why.addSuppressed(e);
            return false;
        }
    }

    /** True: the object is new. */
    private boolean create(Path target, Content content, GuardedStream.Opening opening) throws IOException {
        Spool.writeNew(files, target, shown(target), content, opening);
        return true;
    }

    private void overwrite(Path target, Content content) throws IOException {
        Spool.write(shown(target), content, () -> files.create(target, true));
    }

    private void discard(Path file, @Nullable Throwable why) throws IOException {
        discard(files, file, why);
    }

    /** Removes a file that this writer created; what failed before says more than that this fails, too. */
    static void discard(FileSystem files, Path file, @Nullable Throwable why) throws IOException {
        try {
            Deletion.below(files, file.getParent(), file);
        } catch (IOException e) {
            if (why == null) {
                throw e;
            }
            why.addSuppressed(e);
        }
    }

    private LocalDisk disk() {
        return (LocalDisk) files;
    }
}
