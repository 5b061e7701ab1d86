package io.solera.store.storage;

import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** How a file comes to be at once and whole, and only if there is none of its name, on a kind of file system. */
public enum Publication {
    /** A hard link to a finished file: of two links one succeeds. (Renaming replaces on a local disk.) */
    LINK,
    /** Renaming, which on these file systems never replaces. */
    RENAME,
    /** An object store's own condition, through the builder of Hadoop 3.4.2 and later. */
    CONDITIONAL_CREATE,
    /** {@code create} without overwriting, where that is a condition of the store's. */
    EXCLUSIVE_CREATE,
    /** Nothing better than to look and to create: there must be one writer, which the lock sees to. */
    SINGLE_WRITER;

    static final String CONDITIONAL = "fs.option.create.conditional.overwrite";
    private static final Set<String> RENAMING =
            Set.of("hdfs", "webhdfs", "swebhdfs", "viewfs", "abfs", "abfss", "ofs", "o3fs");

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
