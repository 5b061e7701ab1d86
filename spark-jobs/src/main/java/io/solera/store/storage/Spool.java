package io.solera.store.storage;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Content on its way to an object store, which is opened only once all of it is there: closing turns whatever was
 * written into the object. Up to 1 MiB is in memory, more in a file where Spark has its own.
 */
final class Spool extends OutputStream {
    private static final int IN_MEMORY_BYTES = 1 << 20;

    private final ByteArrayOutputStream begin = new ByteArrayOutputStream();
    private java.nio.file.@Nullable Path place;
    private @Nullable OutputStream file;

    private Spool() {}

    /**
     * Writes an object.
     *
     * @param shown the object, for messages
     */
    static void write(String shown, Content content, GuardedStream.Opening opening) throws IOException {
        write(shown, content, opening, (spool, e) -> {});
    }

    /** Writes a new object. A store that keeps a part of one that it did not take whole gets that removed again. */
    static void writeNew(FileSystem files, Path target, String shown, Content content, GuardedStream.Opening opening)
            throws IOException {
        write(shown, content, opening, (spool, e) -> {
            if (spool.hasBegin(files, target, e)) {
                Storage.discard(files, target, e);
            }
        });
    }

    /** What is done where a store did not take an object. */
    private interface Refused {
        void remove(Spool spool, IOException why) throws IOException;
    }

    private static void write(String shown, Content content, GuardedStream.Opening opening, Refused refused)
            throws IOException {
        Spool spool = new Spool();
        try {
            content.writeTo(spool);
            spool.complete();
            try (OutputStream out = GuardedStream.open(shown, false, opening)) {
                spool.writeTo(out);
            } catch (UnwrittenFileException e) {
                refused.remove(spool, e);
                throw e;
            }
        } finally {
            spool.remove();
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int offset, int length) throws IOException {
        if (file == null && begin.size() + length <= IN_MEMORY_BYTES) {
            begin.write(b, offset, length);
            return;
        }
        try {
            if (file == null) {
                place = PrivateFolder.file();
                file = Files.newOutputStream(place);
                begin.writeTo(file);
                begin.reset();
            }
            file.write(b, offset, length);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void complete() throws IOException {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }

    private UnwrittenFileException failed(IOException why) {
        return UnwrittenFileException.ofTemporary(place == null ? PrivateFolder.place() : place, why);
    }

    private void writeTo(OutputStream out) throws IOException {
        try (InputStream in = open()) {
            in.transferTo(out);
        }
    }

    private InputStream open() throws IOException {
        return place == null
                ? new ByteArrayInputStream(begin.toByteArray())
                : new BufferedInputStream(Files.newInputStream(place));
    }

    /** Whether a file is the begin of this, and no more: so it is nobody else's. */
    private boolean hasBegin(FileSystem files, Path target, IOException why) {
        try (InputStream in = new BufferedInputStream(files.open(target));
                InputStream all = open()) {
            int found = in.read();
            while (found >= 0) {
                if (found != all.read()) {
                    return false;
                }
                found = in.read();
            }
            return all.read() >= 0;
        } catch (FileNotFoundException e) {
            return false;
        } catch (IOException e) {
            why.addSuppressed(e);
            return false;
        }
    }

    private void remove() throws IOException {
        if (file != null) {
            file.close();
        }
        if (place != null) {
            Deletion.temporary(place);
        }
    }
}
