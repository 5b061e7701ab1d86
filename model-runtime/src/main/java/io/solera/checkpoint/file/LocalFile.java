package io.solera.checkpoint.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Files of a folder on a local disk: regular ones that lie in it, after links are followed. Links into the {@code blobs} folder of the
 * same repository are followed too, where the folder is a snapshot of Hugging Face's cache, which consists of such links
 * ({@code models--owner--name/snapshots/REVISION/config.json -> ../../blobs/HASH}).
 */
public final class LocalFile {
    private LocalFile() {}

    /**
     * The file of that name; empty when there is none.
     *
     * @throws MalformedModelException when it is a link that leads out of the folder, or a pipe, a device or a socket
     */
    public static Optional<Path> find(Path folder, String name) throws IOException {
        Path given = folder.resolve(Folder.plain(name));
        Path home;
        Path real;
        try {
            home = folder.toRealPath();
            real = given.toRealPath();
        } catch (AccessDeniedException e) {
            throw new MalformedModelException("Cannot read %s: access is denied".formatted(given));
        } catch (FileSystemException e) { // nothing there, or a link to nothing or to itself
            return Optional.empty();
        }
        if (!real.startsWith(home) && !isBlob(real, home)) {
            throw new MalformedModelException(
                    "Cannot read %s: it is a link out of its folder, to %s (copy the file into the folder)"
                            .formatted(given, real));
        }
        if (Files.isDirectory(real)) {
            return Optional.empty();
        }
        requireRegular(given, real);
        return Optional.of(real);
    }

    /** @throws MalformedModelException when a path that a user gave is a pipe, a device or a socket, which may never end */
    public static void requireRegular(Path file) throws MalformedModelException {
        if (Files.exists(file) && !Files.isDirectory(file)) {
            requireRegular(file, file);
        }
    }

    private static void requireRegular(Path given, Path real) throws MalformedModelException {
        if (!Files.isRegularFile(real)) {
            throw new MalformedModelException(
                    "Cannot read %s: it is a pipe, a device or a socket (must be a regular file)".formatted(given));
        }
    }

    private static boolean isBlob(Path real, Path home) {
        Path snapshots = home.getParent();
        Path repository = snapshots == null ? null : snapshots.getParent();
        return repository != null
                && named(snapshots, "snapshots")
                && repository.resolve("blobs").equals(real.getParent());
    }

    private static boolean named(@Nullable Path path, String name) {
        return path != null && path.endsWith(name);
    }
}
