package io.solera.store.storage;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * A new file, of which every failure to write says what file it is. A disk that is full is an exception like any other
 * here: Hadoop's local disk throws an {@link FSError}.
 */
final class GuardedStream extends FilterOutputStream {
    private final String shown;
    private final boolean synced;
    private boolean failed;
    private boolean closed;

    /** Opens a file. */
    interface Opening {
        OutputStream open() throws IOException;
    }

    /** What is done with the file. */
    private interface Action {
        void run() throws IOException;
    }

    private GuardedStream(OutputStream file, String shown, boolean synced) {
        super(file);
        this.shown = shown;
        this.synced = synced;
    }

    /**
     * @param shown the file, for messages
     * @param synced whether it must survive that the machine loses its power, once it is closed
     * @throws FileAlreadyExistsException as an object store answers where there is such a file
     */
    static GuardedStream open(String shown, boolean synced, Opening opening) throws IOException {
        try {
            return new GuardedStream(opening.open(), shown, synced);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | FSError e) {
            throw UnwrittenFileException.of(shown, e);
        }
    }

    @Override
    public void write(int b) throws IOException {
        guarded(() -> out.write(b));
    }

    @Override
    public void write(byte[] b, int offset, int length) throws IOException {
        guarded(() -> out.write(b, offset, length));
    }

    @Override
    public void flush() throws IOException {
        guarded(out::flush);
    }

    /** @throws FileAlreadyExistsException as some stores find that out when the content is complete */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (OutputStream ending = out) {
            if (synced
                    && !failed
                    && ending instanceof FSDataOutputStream file
                    && file.hasCapability(StreamCapabilities.HSYNC)) {
                file.hsync();
            }
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | FSError e) {
            throw UnwrittenFileException.of(shown, e);
        }
    }

    private void guarded(Action action) throws IOException {
        try {
            action.run();
        } catch (IOException | FSError e) {
            failed = true;
            throw UnwrittenFileException.of(shown, e);
        }
    }
}
