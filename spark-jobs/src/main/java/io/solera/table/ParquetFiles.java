package io.solera.table;

import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.FutureDataInputStreamBuilder;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.impl.OpenFileParameters;

/**
 * The files of another file system, with the annotations that {@link ParquetFooter} finds in Parquet files hidden from
 * the reader.
 */
final class ParquetFiles extends FilterFileSystem {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int END = 8;
    /** Prefix of the settings that this one replaces. */
    private static final String REPLACED = "solera.parquet.";

    /** Settings that route the paths of a scheme here; in lower case, like Spark's options. */
    static Map<String, String> settings(String scheme, Configuration configuration) {
        Map<String, String> settings = new TreeMap<>();
        for (String name : names(scheme)) {
            String value = configuration.get(name);
            if (value != null) {
                settings.put(REPLACED + name, value);
            }
        }
        settings.put(names(scheme).get(0), ParquetFiles.class.getName());
        settings.put(names(scheme).get(1), "true");
        return settings;
    }

    private static List<String> names(String scheme) {
        return List.of("fs.%s.impl".formatted(scheme), "fs.%s.impl.disable.cache".formatted(scheme));
    }

    /** The footer of a file, without its length and magic; empty if it is not a Parquet file. */
    static byte[] footer(FSDataInputStream in, long length) throws IOException {
        if (length < END + MAGIC.length) {
            return new byte[0];
        }
        byte[] end = new byte[END];
        in.readFully(length - END, end);
        long size = (end[0] & 0xff) | (end[1] & 0xff) << 8 | (end[2] & 0xff) << 16 | (long) (end[3] & 0xff) << 24;
        boolean whole = size <= length - END - MAGIC.length && size <= Integer.MAX_VALUE - END;
        for (int k = 0; k < MAGIC.length; k++) {
            whole &= end[END - MAGIC.length + k] == MAGIC[k];
        }
        byte[] footer = new byte[whole ? (int) size : 0];
        in.readFully(length - END - footer.length, footer);
        return footer;
    }

    @Override
    public void initialize(URI name, Configuration configuration) throws IOException {
        Configuration plain = new Configuration(configuration);
        for (String setting : names(name.getScheme())) {
            String replaced = configuration.get(REPLACED + setting);
            if (replaced == null) {
                plain.unset(setting);
            } else {
                plain.set(setting, replaced);
            }
        }
        fs = FileSystem.get(name, plain);
        super.initialize(name, configuration);
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        FSDataInputStream in = fs.open(path, bufferSize);
        try {
            long length = fs.getFileStatus(path).getLen();
            byte[] footer = footer(in, length);
            List<Integer> hidden =
                    footer.length == 0 ? List.of() : ParquetFooter.of(footer).hidden();
            long begin = length - END - footer.length;
            return hidden.isEmpty()
                    ? in
                    : new FSDataInputStream(new Hidden(
                            in,
                            hidden.stream().mapToLong(place -> begin + place).toArray()));
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** What Parquet calls since 1.16; without it, the other file system would open the file. */
    @Override
    public FutureDataInputStreamBuilder openFile(Path path) {
        return createDataInputStreamBuilder(this, path);
    }

    @Override
    protected CompletableFuture<FSDataInputStream> openFileWithOptions(Path path, OpenFileParameters parameters)
            throws IOException {
        return CompletableFuture.completedFuture(open(path, parameters.getBufferSize()));
    }

    /** The other file system is shared, and stays open. */
    @Override
    public void close() {}

    /** Adds {@link ParquetFooter#NEXT_FIELD} to some bytes. */
    private static final class Hidden extends FSInputStream {
        private final FSDataInputStream in;
        private final long[] offsets;

        Hidden(FSDataInputStream in, long[] offsets) {
            this.in = in;
            this.offsets = offsets;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            long begin = in.getPos();
            int count = in.read(bytes, offset, length);
            for (long place : offsets) {
                if (place >= begin && place < begin + count) {
                    int at = offset + (int) (place - begin);
                    bytes[at] = (byte) (bytes[at] + ParquetFooter.NEXT_FIELD);
                }
            }
            return count;
        }

        @Override
        public void seek(long place) throws IOException {
            if (place < 0) {
                throw new EOFException("Cannot seek: %d is before the file".formatted(place));
            }
            in.seek(place);
        }

        @Override
        public long getPos() throws IOException {
            return in.getPos();
        }

        @Override
        public boolean seekToNewSource(long place) throws IOException {
            return in.seekToNewSource(place);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
