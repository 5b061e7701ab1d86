package io.solera.meter;

import org.apache.hadoop.fs.FileSystem;

/** What this process has read from file systems and written to them, by Hadoop's own count. */
enum FileBytes {
    READ,
    WRITTEN;

    /** Of all classes of file systems. The statistics by scheme, which replace these, have one class of each only. */
    @SuppressWarnings("deprecation")
    long count() {
        return FileSystem.getAllStatistics().stream()
                .mapToLong(all -> this == READ ? all.getBytesRead() : all.getBytesWritten())
                .sum();
    }
}
