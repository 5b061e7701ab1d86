package io.solera.table.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** Bytes one by one, with their place. */
public final class ByteSource implements Closeable {
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int next;
    private int end;
    private long before;

    /** @param begin the place of the first byte */
    public ByteSource(InputStream in, long begin) {
        this.in = in;
        this.before = begin;
    }

    /** The next byte, from 0 to 255; -1 at the end. */
    int read() throws IOException {
        return next < end || fill() ? buffer[next++] & 0xff : -1;
    }

    /** The same without taking it. */
    int peek() throws IOException {
        return next < end || fill() ? buffer[next] & 0xff : -1;
    }

    /** The place of the next byte. */
    long position() {
        return before + next;
    }

    private boolean fill() throws IOException {
        before += end;
        next = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
