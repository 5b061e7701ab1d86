package io.solera.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import org.apache.hadoop.fs.Path;

/** What goes wrong with the stores of a JVM that {@link LocalTwin} makes: one request, of one kind. */
final class StoreFaults {
    /** What goes wrong. */
    enum Kind {
        /** A new object is refused. */
        REJECTED,
        /** Half of an object is kept, and the request fails. */
        TORN,
        /** An object is kept, and the answer is lost. */
        UNANSWERED,
        /** An object is kept after a while. */
        SLOW,
        /** A file is not renamed. */
        NOT_RENAMED,
        /** An object is not read, as the store is busy. */
        NOT_READ,
        /** A folder is not listed, as the store is busy. */
        NOT_LISTED
    }

    private static Kind kind = Kind.SLOW;
    private static int left = Integer.MAX_VALUE;

    private StoreFaults() {}

    /** From now on so many requests of a kind succeed, and one fails. */
    static synchronized void after(int requests, Kind of) {
        kind = of;
        left = requests;
    }

    static void none() {
        after(Integer.MAX_VALUE, Kind.SLOW);
    }

    /** Whether the fault has come up. */
    static synchronized boolean isOver() {
        return left < 0;
    }

    private static synchronized boolean meets(Kind of) {
        return kind == of && left != Integer.MAX_VALUE && left >= 0 && left-- == 0;
    }

    static void create(Path path) throws IOException {
        if (meets(Kind.REJECTED)) {
            throw new AccessDeniedException(path.toString(), null, "403 Forbidden");
        }
    }

    static void read(Path path) throws IOException {
        if (meets(Kind.NOT_READ)) {
            throw new IOException("Reading %s: 503 Slow Down".formatted(path));
        }
    }

    static void list(Path path) throws IOException {
        if (meets(Kind.NOT_LISTED)) {
            throw new IOException("Listing %s: 503 Slow Down".formatted(path));
        }
    }

    static boolean isNotRenamed() {
        return meets(Kind.NOT_RENAMED);
    }

    /** An object, which is there when it is closed. */
    static OutputStream object(OutputStream file) {
        return new ByteArrayOutputStream() {
            private boolean closed;

            @Override
            public void close() throws IOException {
                if (closed) {
                    return;
                }
                closed = true;
                try (file) {
                    if (meets(Kind.TORN)) {
                        file.write(toByteArray(), 0, size() / 2);
                        throw new IOException("Connection reset");
                    }
                    if (meets(Kind.SLOW)) {
                        Thread.sleep(200);
                    }
                    writeTo(file);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                if (meets(Kind.UNANSWERED)) {
                    throw new IOException("503 Slow Down");
                }
            }
        };
    }
}
