package io.solera.train;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Files that are written while the driver and most tasks do other work. */
final class Aside implements AutoCloseable {
    private final FutureTask<Boolean> writing;

    /** Writes files. */
    interface Writing {
        void write() throws IOException;
    }

    Aside(String name, Writing files) {
        writing = new FutureTask<>(() -> {
            files.write();
            return true;
        });
        Thread thread = new Thread(writing, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until they are written. */
    void await() throws IOException {
        try {
            writing.get();
        } catch (ExecutionException e) {
            throw Together.asItIs(Objects.requireNonNull(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Cannot wait for files to be written: interrupted");
        }
    }

    /** Waits until nothing is written any more, whatever became of it. */
    @Override
    public void close() {
        try {
            writing.get();
        } catch (ExecutionException e) {
            // said by await, or less than what ended the work before it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
