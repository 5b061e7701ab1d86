package io.solera.table;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/** Iterates over a reader until it returns null, and closes it then, or when the task ends. */
final class Supply<T> implements Iterator<T> {
    /** Reads items sequentially. */
    interface Source<T> extends Closeable {
        /** The next; null at the end. */
        @Nullable
        T next() throws IOException;
    }

    private final Source<T> source;
    private @Nullable T next;
    private boolean looked;

    Supply(Source<T> source) {
        this.source = source;
        TaskContext task = TaskContext.get();
        if (task != null) {
            task.addTaskCompletionListener((TaskCompletionListener) ended -> close());
        }
    }

    @Override
    public boolean hasNext() {
        if (!looked) {
            try {
                next = source.next();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            looked = true;
            if (next == null) {
                close();
            }
        }
        return next != null;
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        T found = next;
        looked = false;
        if (found == null) {
            throw new NoSuchElementException();
        }
        return found;
    }

    private void close() {
        try {
            source.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
