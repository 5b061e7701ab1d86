package io.solera.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestFileBytes {
    private static final int SIZE = 1_000_000;

    @Test
    void localFilesCountToo(@TempDir Path folder) throws IOException {
        FileSystem files = FileSystem.get(folder.toUri(), new Configuration());
        org.apache.hadoop.fs.Path file =
                new org.apache.hadoop.fs.Path(folder.resolve("bytes").toUri());
        long read = FileBytes.READ.count();
        long written = FileBytes.WRITTEN.count();
        try (OutputStream out = files.create(file)) {
            out.write(new byte[SIZE]);
        }
        // with its checksums: 4 bytes for each 512
        assertThat(FileBytes.WRITTEN.count() - written).isBetween((long) SIZE, SIZE + SIZE / 50L);
        try (FSDataInputStream in = files.open(file)) {
            in.readFully(0, new byte[SIZE]);
        }
        assertThat(FileBytes.READ.count() - read).isBetween((long) SIZE, SIZE + SIZE / 50L);
    }
}
