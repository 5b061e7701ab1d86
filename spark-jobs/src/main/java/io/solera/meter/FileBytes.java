package io.solera.meter;

import java.util.function.ToLongFunction;
import org.apache.hadoop.fs.FileSystem;

/** What this process has read from file systems and written to them, by Hadoop's own count. */
enum FileBytes {
    READ(FileSystem.Statistics::getBytesRead),
    WRITTEN(FileSystem.Statistics::getBytesWritten);

    private final ToLongFunction<FileSystem.Statistics> bytes;

    FileBytes(ToLongFunction<FileSystem.Statistics> bytes) {
        this.bytes = bytes;
    }

    /** Of all classes of file systems. The statistics by scheme, which replace these, have one class of each only. */
    @SuppressWarnings("deprecation")
    long count() {
        return FileSystem.getAllStatistics().stream().mapToLong(bytes).sum();
    }
}
