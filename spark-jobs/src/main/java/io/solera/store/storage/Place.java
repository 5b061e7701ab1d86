package io.solera.store.storage;

import io.solera.reward.catalogue.Locations;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where a file or folder really is: links on the way are resolved as far as it exists, and {@code ..}, and two spellings of one
 * place are equal.
 *
 * @param path absolute, with scheme
 */
public record Place(FileSystem files, Path path) {
    /** @param name a URI, or a path on the default file system */
    public static Place of(String name, Configuration configuration) throws IOException {
        FileSystem files = files(name, configuration);
        return of(files, files.makeQualified(StoragePath.of(name)));
    }

    /** The file system of a path; a local disk is the plain one, without Hadoop's checksum files. */
    public static FileSystem files(String name, Configuration configuration) throws IOException {
        Locations.require(name);
        return Storage.files(StoragePath.of(name), configuration);
    }

    public static Place of(FileSystem files, Path path) throws IOException {
        return new Place(files, isLocal(files) ? localReal(path) : real(files, path));
    }

    /** Whether it is the other one, or a folder that the other one lies in. */
    public boolean contains(Place other) {
        for (Path at = other.path; at != null; at = at.getParent()) {
            if (at.equals(path)) {
                return true;
            }
        }
        return false;
    }

    /** What it is where no command may take it for its output: a root, or a folder that holds home or the current folder. */
    public Optional<String> reserved() throws IOException {
        if (path.getParent() == null) {
            return Optional.of("the root of a file system");
        }
        if (contains(of(files, files.makeQualified(files.getHomeDirectory())))) {
            return Optional.of("your home folder, or holds it");
        }
        if (isLocal(files)) {
            Path current = new Path(java.nio.file.Path.of("").toAbsolutePath().toUri());
            if (contains(of(files, files.makeQualified(current)))) {
                return Optional.of("the current folder, or holds it");
            }
        }
        return Optional.empty();
    }

    /** The target of a path that is itself a symbolic link. */
    public static Optional<String> link(FileSystem files, Path path) throws IOException {
        FileStatus status = Deletion.status(files, path);
        return status != null && status.isSymlink()
                ? Optional.of(status.getSymlink().toUri().getPath())
                : Optional.empty();
    }

    private static boolean isLocal(FileSystem files) {
        return files.getUri().getScheme().equals("file");
    }

    private static Path localReal(Path path) throws IOException {
        java.nio.file.Path wanted =
                java.nio.file.Path.of(path.toUri().getPath()).toAbsolutePath();
        java.nio.file.Path there = wanted;
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        java.nio.file.Path whole =
                there.toRealPath().resolve(there.relativize(wanted)).normalize();
        return new Path("file", "", whole.toString());
    }

    private static Path real(FileSystem files, Path path) throws IOException {
        Path there = path;
        while (there.getParent() != null && !files.exists(there)) {
            there = there.getParent();
        }
        String rest = path.toUri().getPath().substring(there.toUri().getPath().length());
        Path resolved = resolved(files, there);
        return rest.isEmpty() ? resolved : new Path(resolved, rest.replaceFirst("^/", ""));
    }

    private static Path resolved(FileSystem files, Path there) throws IOException {
        try {
            return files.makeQualified(files.resolvePath(there));
        } catch (FileNotFoundException e) { // the root of an object store is no object
            return there;
        }
    }
}
