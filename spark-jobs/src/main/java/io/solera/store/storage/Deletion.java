package io.solera.store.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * The only place that deletes. Deleted paths are below a folder that the caller owns, no folder on the way is a
 * symbolic link, and links inside are unlinked, never followed.
 */
public final class Deletion {
    private Deletion() {}

    /**
     * Deletes a file, or a folder with its content, if it exists.
     *
     * @param owned the folder that it must be below; links in the path of that folder itself are allowed
     * @throws IOException if it is elsewhere, or the path to it contains a symbolic link
     */
    public static void below(FileSystem files, Path owned, Path path) throws IOException {
        Path root = files.makeQualified(owned);
        Path place = files.makeQualified(path);
        if (isReal(files, root, place.getParent(), place)) {
            delete(files, place);
        }
    }

    /** Deletes a folder that this process created for itself on the local disk. */
    public static void temporary(java.nio.file.Path folder) throws IOException {
        tree(folder);
    }

    /**
     * @throws IOException if {@code folder} is not in {@code owned}, or the path to it contains a symbolic link
     */
    static void requireReal(FileSystem files, Path owned, Path folder) throws IOException {
        Path place = files.makeQualified(folder);
        isReal(files, files.makeQualified(owned), place, place);
    }

    /** Whether {@code folder} exists; it is {@code root}, or below it. */
    private static boolean isReal(FileSystem files, Path root, @Nullable Path folder, Path shown) throws IOException {
        if (folder == null || !isWithin(root, folder)) {
            throw new IOException("Cannot delete %s: it is not below %s".formatted(shown, root));
        }
        if (folder.equals(root)) {
            return true;
        }
        if (!isReal(files, root, folder.getParent(), shown)) {
            return false;
        }
        FileStatus status = status(files, folder);
        if (status != null && status.isSymlink()) {
            throw new IOException("Cannot delete or replace %s: %s is a symbolic link, which Solera never follows here"
                    .formatted(shown, folder));
        }
        return status != null;
    }

    private static boolean isWithin(Path root, Path folder) {
        String above = root.toUri().getPath();
        String below = folder.toUri().getPath();
        for (String name : below.split("/", -1)) {
            if (name.equals("..") || name.equals(".")) {
                return false;
            }
        }
        return sameSystem(root, folder)
                && (below.equals(above) || below.startsWith(above.endsWith("/") ? above : above + "/"));
    }

    private static boolean sameSystem(Path one, Path other) {
        return String.valueOf(one.toUri().getScheme())
                        .equals(String.valueOf(other.toUri().getScheme()))
                && String.valueOf(one.toUri().getAuthority())
                        .equals(String.valueOf(other.toUri().getAuthority()));
    }

    /** The status of the link itself if it is one; null if nothing exists. */
    static @Nullable FileStatus status(FileSystem files, Path path) throws IOException {
        try {
            if (isLocal(files)) {
                // of the raw file system: the one with checksums follows links
                java.nio.file.Path place = local(path);
                BasicFileAttributes found =
                        Files.readAttributes(place, BasicFileAttributes.class, java.nio.file.LinkOption.NOFOLLOW_LINKS);
                FileStatus status = new FileStatus(found.size(), found.isDirectory(), 1, 1, 0, path);
                if (found.isSymbolicLink()) {
                    status.setSymlink(
                            new Path("file", "", Files.readSymbolicLink(place).toString()));
                }
                return status;
            }
            return files.supportsSymlinks() ? files.getFileLinkStatus(path) : files.getFileStatus(path);
        } catch (FileNotFoundException | NoSuchFileException e) {
            return null;
        }
    }

    private static void delete(FileSystem files, Path path) throws IOException {
        FileStatus status = status(files, path);
        if (status == null) {
            return;
        }
        if (files instanceof LocalDisk disk) {
            disk.delete(path, true);
        } else if (isLocal(files)) {
            tree(local(path));
            if (files instanceof ChecksumFileSystem) {
                // its own method does not support names with a colon
                tree(local(StoragePath.child(path.getParent(), "." + path.getName() + ".crc")));
            }
        } else if (!files.delete(path, !status.isSymlink()) && files.exists(path)) {
            throw new IOException("Cannot delete %s: the file system refuses".formatted(path));
        }
    }

    /**
     * {@link Files#walkFileTree} does not follow links: it visits the link itself.
     *
     * @return whether there was anything
     */
    static boolean tree(java.nio.file.Path folder) throws IOException {
        if (!Files.exists(folder, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(java.nio.file.Path file, BasicFileAttributes attributes)
                    throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(java.nio.file.Path done, @Nullable IOException problem)
                    throws IOException {
                if (problem != null) {
                    throw problem;
                }
                Files.deleteIfExists(done);
                return FileVisitResult.CONTINUE;
            }
        });
        return true;
    }

    private static boolean isLocal(FileSystem files) {
        return files.getUri().getScheme().equals("file");
    }

    private static java.nio.file.Path local(Path path) {
        return java.nio.file.Path.of(path.toUri().getPath());
    }
}
