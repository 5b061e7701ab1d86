package io.solera.store.storage;

import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** How a kind of file system creates a file atomically, and only if there is none of its name. */
public enum Publication {
    /** A hard link to a finished file: of two links one succeeds. (Renaming replaces on a local disk.) */
    LINK,
    /** Renaming, which on these file systems never replaces. */
    RENAME,
    /** An object store's own condition, through the builder of Hadoop 3.4.2 and later. */
    CONDITIONAL_CREATE,
    /** {@code create} without overwriting, where that is a condition of the store's. */
    EXCLUSIVE_CREATE,
    /** Only a check followed by creation: there must be a single writer, which the lock ensures. */
    SINGLE_WRITER;

    static final String CONDITIONAL = "fs.option.create.conditional.overwrite";
    private static final Set<String> RENAMING =
            Set.of("hdfs", "webhdfs", "swebhdfs", "viewfs", "abfs", "abfss", "ofs", "o3fs");

    /** Whether folders exist of themselves, and not only as parts of files' names. */
    public static boolean isOfFolders(FileSystem files) {
        String scheme = files.getUri().getScheme();
        return scheme.equals("file") || RENAMING.contains(scheme);
    }

    static Publication on(FileSystem files, Path folder) throws IOException {
        String scheme = files.getUri().getScheme();
        if (scheme.equals("file")) {
            return LINK;
        } else if (RENAMING.contains(scheme)) {
            return RENAME;
        } else if (files.hasPathCapability(folder, CONDITIONAL)) {
            return CONDITIONAL_CREATE;
        }
        return scheme.equals("gs") ? EXCLUSIVE_CREATE : SINGLE_WRITER;
    }
}
