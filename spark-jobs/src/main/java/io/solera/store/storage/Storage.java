package io.solera.store.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

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
        return found instanceof LocalFileSystem ? LocalDisk.of(found.getUri(), configuration) : found;
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

    /** @return false, with nothing changed, if another file of that name exists */
    public boolean publish(Path target, Content content) throws IOException {
        return publish(target, content, true);
    }

    /**
     * The same.
     *
     * @param synced whether it must survive that the machine loses its power; what is begun again then need not
     */
    public boolean publish(Path target, Content content, boolean synced) throws IOException {
        try {
            return switch (publication) {
                case LINK -> link(target, content, synced);
                case RENAME -> rename(target, content, synced);
                case CONDITIONAL_CREATE -> create(content, () -> conditional(target));
                case EXCLUSIVE_CREATE, SINGLE_WRITER ->
                    !files.exists(target) && create(content, () -> files.create(target, false));
            };
        } catch (IOException e) {
            if (files.exists(target)) {
                return false;
            }
            throw e;
        }
    }

    public void replace(Path target, Content content) throws IOException {
        switch (publication) {
            case LINK ->
                Files.move(
                        local(written(target, content, true)),
                        local(target),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            case RENAME -> renameOver(target, content);
            default -> create(content, () -> files.create(target, true));
        }
    }

    /** Adds to the end of a file; false, with nothing changed, where the file system cannot. */
    public boolean append(Path target, Content content) throws IOException {
        if (publication == Publication.LINK) {
            try (OutputStream out =
                    Files.newOutputStream(local(target), StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS)) {
                content.writeTo(out);
            }
            return true;
        }
        if (!files.hasPathCapability(target, CommonPathCapabilities.FS_APPEND)) {
            return false;
        }
        try (OutputStream out = files.append(target)) {
            content.writeTo(out);
        }
        return true;
    }

    private boolean link(Path target, Content content, boolean synced) throws IOException {
        Path whole = written(target, content, synced);
        try {
            Files.createLink(local(target), local(whole));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException | FileSystemException e) { // a disk without hard links
            try (OutputStream out = Files.newOutputStream(local(target), StandardOpenOption.CREATE_NEW)) {
                Files.copy(local(whole), out);
                return true;
            }
        } finally {
            discard(whole);
        }
    }

    private boolean rename(Path target, Content content, boolean synced) throws IOException {
        Path whole = written(target, content, synced);
        boolean renamed = files.rename(whole, target);
        if (!renamed) {
            discard(whole);
            if (!files.exists(target)) {
                throw new IOException("Cannot write %s: the file system refuses to rename".formatted(shown(target)));
            }
        }
        return renamed;
    }

    private void renameOver(Path target, Content content) throws IOException {
        try {
            FileContext context = FileContext.getFileContext(files.getUri(), files.getConf());
            context.rename(written(target, content, true), target, Options.Rename.OVERWRITE);
        } catch (UnsupportedFileSystemException e) {
            create(content, () -> files.create(target, true));
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
        try (FSDataOutputStream out = files.create(whole, false)) {
            content.writeTo(out);
            if (synced && out.hasCapability(StreamCapabilities.HSYNC)) {
                out.hsync();
            }
            return whole;
        } catch (IOException | RuntimeException e) {
            discard(whole);
            throw e;
        }
    }

    /** Removes a file that this writer created next to its target. */
    private void discard(Path whole) throws IOException {
        Deletion.below(files, whole.getParent(), whole);
    }

    /**
     * Opens the target only once all of the content is available: on an object store, closing turns whatever was
     * written into the object.
     */
    private boolean create(Content content, Opening opening) throws IOException {
        java.nio.file.Path spool = PrivateFolder.file();
        try {
            try (OutputStream out = Files.newOutputStream(spool)) {
                content.writeTo(out);
            }
            try (FSDataOutputStream out = opening.open()) {
                Files.copy(spool, out);
            }
            return true;
        } finally {
            Deletion.temporary(spool);
        }
    }

    private interface Opening {
        FSDataOutputStream open() throws IOException;
    }

    private static java.nio.file.Path local(Path path) {
        return java.nio.file.Path.of(path.toUri().getPath());
    }
}
