package io.solera.meter;

import java.util.Iterator;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.StorageStatistics;

/** What this process has read from file systems and written to them, by Hadoop's own count. */
enum FileBytes {
    READ("bytesRead"),
    WRITTEN("bytesWritten");

    private final String key;

    FileBytes(String key) {
        this.key = key;
    }

    /** Of all schemes together. */
    long count() {
        long sum = 0;
        Iterator<StorageStatistics> schemes =
                FileSystem.getGlobalStorageStatistics().iterator();
        while (schemes.hasNext()) {
            Long bytes = schemes.next().getLong(key);
            sum += bytes == null ? 0 : bytes;
        }
        return sum;
    }
}
