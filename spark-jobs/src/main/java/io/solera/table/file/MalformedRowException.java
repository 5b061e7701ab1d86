package io.solera.table.file;

import java.io.IOException;

/** What is wrong with a row of a piece of a file, before it is known how many rows are before the piece. */
public final class MalformedRowException extends IOException {
    /** Counted from 1 in the piece. */
    private final long row;
    /** Counted from 0 in the piece. */
    private final long line;

    MalformedRowException(long row, long line, String problem) {
        super(problem);
        this.row = row;
        this.line = line;
    }

    /** @param rowsBefore those in the file before the piece, and the lines before it */
    public MalformedTableException in(String file, long rowsBefore, long linesBefore) {
        long place = row + rowsBefore;
        String where = place < 1 ? "the header" : "row %d (line %d)".formatted(place, line + linesBefore + 1);
        return MalformedTableException.of(file, where + ": " + getMessage());
    }
}
