package io.solera.table.file;

import io.solera.problem.Category;
import io.solera.problem.Problem;
import java.io.IOException;

/** A problem of a row in a piece of a file, before the number of rows before the piece is known. */
public final class MalformedRowException extends IOException implements Problem {
    /** Counted from 1 in the piece. */
    private final long row;
    /** Counted from 0 in the piece. */
    private final long line;

    MalformedRowException(long row, long line, String problem) {
        super(problem);
        this.row = row;
        this.line = line;
    }

    @Override
    public Category category() {
        return Category.DATA;
    }

    /** @param rowsBefore rows of the file before the piece, and lines before it */
    public MalformedTableException in(String file, long rowsBefore, long linesBefore) {
        long place = row + rowsBefore;
        String where = place < 1 ? "the header" : "row %d (line %d)".formatted(place, line + linesBefore + 1);
        return MalformedTableException.of(file, where + ": " + getMessage());
    }
}
