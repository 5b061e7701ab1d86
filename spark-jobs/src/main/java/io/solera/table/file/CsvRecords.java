package io.solera.table.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads CSV records according to RFC 4180, with any separator: a quoted cell may contain separators, line breaks and
 * doubled quotes; a quote inside an unquoted cell is a literal character. What RFC 4180 does not allow is refused. An
 * empty cell is null, a pair of quotes is an empty text. The states are those of {@link CsvStates}, which finds records
 * in the middle of a file; Spark's own library cannot do that, nor distinguish an open quote from a long cell.
 */
public final class CsvRecords implements Closeable {
    private final ByteSource in;
    private final char separator;
    private final TextBytes cell;
    private long begin;
    private long records;
    private long lines;
    private long firstLine;

    public CsvRecords(ByteSource in, char separator, Charset charset) {
        this.in = in;
        this.separator = separator;
        this.cell = new TextBytes(charset);
    }

    /** Skips to the start of the next record; the bytes before it belong to a record of another reader. */
    public void skip(int state) throws IOException {
        int now = state;
        for (int b = in.read(); b >= 0; b = in.read()) {
            boolean ended = (b == '\n' || b == '\r') && now != CsvStates.QUOTED;
            now = CsvStates.next(now, b, separator);
            if (ended) {
                if (b == '\r' && in.peek() == '\n') {
                    in.read();
                }
                return;
            }
        }
    }

    /** The next record; null at the end. */
    @Nullable
    public List<@Nullable String> next() throws IOException {
        begin = in.position();
        firstLine = lines;
        int b = in.read();
        if (b < 0) {
            return null;
        }
        records++;
        List<@Nullable String> cells = new ArrayList<>();
        while (true) {
            cell.clear();
            boolean quoted = b == '"';
            b = quoted ? quoted(cells.size() + 1) : plain(b, cells.size() + 1);
            cells.add(quoted || !cell.isEmpty() ? text(cells.size() + 1) : null);
            if (b != separator) {
                break;
            }
            b = in.read();
        }
        if (b == '\r' && in.peek() == '\n') {
            in.read();
        }
        lines++;
        return cells;
    }

    private int plain(int first, int column) throws IOException {
        int b = first;
        while (b >= 0 && b != separator && b != '\n' && b != '\r') {
            add(b, column);
            b = in.read();
        }
        return b;
    }

    private int quoted(int column) throws IOException {
        for (int b = in.read(); ; b = in.read()) {
            if (b < 0) {
                throw problem(
                        ("the quote before cell %d is not closed (close it, or put the whole cell in quotes and double "
                                        + "those inside)")
                                .formatted(column));
            }
            if (b == '"') {
                b = in.read();
                if (b != '"') {
                    if (b >= 0 && b != separator && b != '\n' && b != '\r') {
                        throw problem(
                                ("something follows the closing quote of cell %d (a quote inside of quotes is written "
                                                + "twice, and a cell ends with its quote)")
                                        .formatted(column));
                    }
                    return b;
                }
            } else if (b == '\n') {
                lines++;
            }
            add(b, column);
        }
    }

    private void add(int b, int column) throws MalformedRowException {
        if (!cell.add(b)) {
            throw problem("cell %d is longer than %d MiB (is a quote not closed?)"
                    .formatted(column, TextBytes.MAX_LENGTH >> 20));
        }
    }

    private String text(int column) throws MalformedRowException {
        String text = cell.text();
        if (text == null) {
            throw problem("cell %d: %s".formatted(column, cell.problem()));
        }
        return text;
    }

    /** A problem of the last record. */
    public MalformedRowException problem(String text) {
        return new MalformedRowException(records, firstLine, text);
    }

    /** The position of the last record in the file. */
    public long begin() {
        return begin;
    }

    public long lines() {
        return lines;
    }

    public boolean atEnd() throws IOException {
        return in.peek() < 0;
    }

    /** The last line is not a row: it is not counted. */
    public void uncount() {
        records--;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
