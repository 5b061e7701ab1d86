package io.solera.store.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place for temporary files and folders: only this user can read them, whatever the umask is. */
public final class PrivateFolder {
    private static final Logger LOG = LoggerFactory.getLogger(PrivateFolder.class);
    /** After Spark's own hooks, which stop what still writes there. */
    private static final int LAST = 1;

    private PrivateFolder() {}

    /** A new folder; the caller removes it with {@link Deletion#temporary}. */
    public static Path create() throws IOException {
        return Files.createTempDirectory("solera-", owner("rwx------"));
    }

    /** A new folder that is removed when the process ends. */
    public static Path untilExit() throws IOException {
        Path folder = create();
        ShutdownHookManager.get().addShutdownHook(() -> remove(folder), LAST);
        return folder;
    }

    /** A new file; the caller removes it with {@link Deletion#temporary}. */
    static Path file() throws IOException {
        return Files.createTempFile("solera-", ".part", owner("rw-------"));
    }

    private static FileAttribute<?> owner(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    private static void remove(Path folder) {
        try {
            Deletion.temporary(folder);
        } catch (IOException e) {
            LOG.warn("Cannot remove {}: {}", folder, e.getMessage());
        }
    }
}
