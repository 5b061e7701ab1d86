package io.solera.store.storage;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkEnv;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The only place that creates temporary files and folders: only this user can read them, whatever the umask. */
public final class PrivateFolder {
    private static final Logger LOG = LoggerFactory.getLogger(PrivateFolder.class);
    /** After Spark's own hooks, which stop anything that still writes there. */
    private static final int LAST = 1;

    /** How a user names another folder than the one that is full. */
    static final String WAY_OUT = "SPARK_LOCAL_DIRS or, in one process, -Djava.io.tmpdir";

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

    /** A new file where Spark has its own; the caller removes it with {@link Deletion#temporary}. */
    static Path file() throws IOException {
        return Files.createTempFile(place(), "solera-", ".part", owner("rw-------"));
    }

    /** The largest of the folders in which Spark spills and shuffles; without Spark that of the JVM. */
    static Path place() {
        SparkEnv spark = SparkEnv.get();
        Path ofJvm = Path.of(System.getProperty("java.io.tmpdir"));
        if (spark == null) {
            return ofJvm;
        }
        return Arrays.stream(spark.blockManager().diskBlockManager().localDirs())
                .filter(File::isDirectory)
                .max(Comparator.comparingLong(File::getUsableSpace))
                .map(File::toPath)
                .orElse(ofJvm);
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
