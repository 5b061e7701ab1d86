package io.solera.table.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** The lines of a piece of a file, ended by a line feed, a carriage return, or both. */
public final class Lines implements Closeable {
    private final Piece piece;
    private final Configuration configuration;
    private final ByteSource in;
    private final TextBytes bytes;
    private long begin;
    private long lines;

    /** From the first line that begins in the piece. */
    public Lines(Piece piece, Configuration configuration) throws IOException {
        this.piece = piece;
        this.configuration = configuration;
        InputStream stream = TextFile.open(piece.file(), piece.dialect(), piece.begin(), configuration);
        long first = Math.max(
                piece.begin(), piece.dialect().direct() ? piece.dialect().mark() : 0);
        this.in = new ByteSource(stream, first);
        this.bytes = new TextBytes(piece.dialect().read());
        if (piece.begin() > 0) {
            line(false);
            lines = 0;
        }
    }

    /** The next line, also after the end of the piece; null at the end of the file. */
    @Nullable
    public String next() throws IOException {
        begin = in.position();
        if (in.peek() < 0) {
            return null;
        }
        line(true);
        String text = bytes.text();
        if (text == null) {
            throw problem(bytes.problem());
        }
        return text;
    }

    private void line(boolean kept) throws IOException {
        bytes.clear();
        lines++;
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b == '\r') {
                if (in.peek() == '\n') {
                    in.read();
                }
                return;
            }
            if (kept && !bytes.add(b)) {
                throw problem("it is longer than %d MiB".formatted(TextBytes.LONGEST >> 20));
            }
        }
    }

    /** Whether the line that was read last belongs to the next piece. */
    public boolean beyond() {
        return begin > piece.end();
    }

    /** Something that is wrong with the line that was read last. */
    public MalformedTableException problem(String text) throws IOException {
        return problem(lines, text);
    }

    /** @param line counted from 1 in the piece */
    public MalformedTableException problem(long line, String text) throws IOException {
        return MalformedTableException.of(piece.file().shown(), "line %d: %s".formatted(line + before(), text));
    }

    /** The line that was read last, counted from 1 in the piece. */
    public long number() {
        return lines;
    }

    /** Lines before the piece, counted only for a message. */
    private long before() throws IOException {
        if (piece.begin() == 0) {
            return 0;
        }
        // the line in which the piece begins belongs to the one before
        long before = 1;
        try (InputStream stream = TextFile.open(piece.file(), piece.dialect(), 0, configuration);
                ByteSource all = new ByteSource(stream, piece.dialect().mark())) {
            while (all.position() < piece.begin()) {
                int b = all.read();
                if (b < 0) {
                    break;
                }
                if (b == '\n' || (b == '\r' && all.peek() != '\n')) {
                    before++;
                }
            }
        }
        return before;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
