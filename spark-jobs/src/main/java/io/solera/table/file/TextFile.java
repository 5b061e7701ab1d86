package io.solera.table.file;

import io.solera.store.storage.StoragePath;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.BZip2Codec;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.GzipCodec;
import org.apache.hadoop.util.ReflectionUtils;

/**
 * Opens text files: decompressed, without byte order mark, in an encoding in which ASCII characters are single bytes.
 */
public final class TextFile {
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] BZIP2 = {'B', 'Z', 'h'};

    private TextFile() {}

    /** The bytes of a file from a position on; for compressed or converted files, a position in the result. */
    public static InputStream open(TableFile file, Dialect dialect, long begin, Configuration configuration)
            throws IOException {
        InputStream in = unpacked(file, Math.max(begin, dialect.mark()), configuration);
        if (TableFormat.compressed(file.path()) && begin == 0) {
            in.skipNBytes(dialect.mark());
        }
        return dialect.direct() ? in : new Utf8Stream(in, dialect.charset(), file.shown());
    }

    /** The encoding given by the user, or detected from a file's first bytes. */
    public static Dialect dialect(TableFile file, TextOptions options, Configuration configuration) throws IOException {
        try (InputStream in = unpacked(file, 0, configuration)) {
            return TextEncoding.of(in.readNBytes(TextEncoding.LOOKED_AT), options.encoding());
        }
    }

    private static InputStream unpacked(TableFile file, long begin, Configuration configuration) throws IOException {
        Path path = new Path(file.path());
        FileSystem files = StoragePath.system(path, configuration);
        FSDataInputStream raw = files.open(path);
        try {
            if (!TableFormat.compressed(file.path())) {
                if (begin > 0) {
                    raw.seek(begin);
                }
                return raw;
            }
            boolean gzip = TableFormat.gzip(file.path());
            byte[] magic = gzip ? GZIP : BZIP2;
            PushbackInputStream in = new PushbackInputStream(raw, magic.length);
            byte[] first = in.readNBytes(magic.length);
            in.unread(first);
            if (first.length == 0) {
                return in;
            }
            if (!Arrays.equals(first, magic)) {
                throw MalformedTableException.of(
                        file.shown(),
                        "it is not compressed by %s, as its name says (rename it)".formatted(gzip ? "gzip" : "bzip2"));
            }
            CompressionCodec codec = gzip
                    ? ReflectionUtils.newInstance(GzipCodec.class, configuration)
                    : ReflectionUtils.newInstance(BZip2Codec.class, configuration);
            return new Unpacked(codec.createInputStream(in), file.shown());
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    /** Whether a text starts like compressed bytes, for a message. */
    public static boolean packed(byte[] first) {
        return first.length > 2
                && (Arrays.equals(Arrays.copyOf(first, 2), GZIP)
                        || Arrays.equals(Arrays.copyOf(first, 3), BZIP2)
                        || new String(first, 0, 2, StandardCharsets.ISO_8859_1).equals("PK"));
    }

    /** Reports damaged bytes as such. */
    private static final class Unpacked extends FilterInputStream {
        private final String file;

        Unpacked(InputStream in, String file) {
            super(in);
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return super.read(bytes, offset, length);
            } catch (EOFException e) {
                throw new MalformedTableException(
                        "Cannot read %s: its compressed bytes end too early (was it copied completely?)"
                                .formatted(file),
                        e);
            } catch (IOException e) {
                if (e instanceof ZipException || e.getClass().equals(IOException.class)) {
                    throw new MalformedTableException(
                            "Cannot read %s: its compressed bytes are damaged (%s)".formatted(file, e.getMessage()), e);
                }
                throw e;
            }
        }
    }
}
