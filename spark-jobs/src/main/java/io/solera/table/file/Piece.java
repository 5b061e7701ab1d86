package io.solera.table.file;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a file that is read at once: the rows that begin after {@code begin} and not after {@code end}, and the first row of the file.
 *
 * @param state in which a reader of CSV is at its begin
 */
public record Piece(TableFile file, Dialect dialect, long begin, long end, int state) implements Serializable {
    /** Bytes: much less than a task's second, much more than its cost. */
    public static final long LENGTH = 16L << 20;

    public static Piece whole(TableFile file, Dialect dialect) {
        return new Piece(file, dialect, 0, Long.MAX_VALUE, 0);
    }

    /** The pieces of a file: one where rows cannot be found without reading all before them. */
    public static List<Piece> of(TableFile file, Dialect dialect, long length) {
        if (!dialect.direct() || TableFormat.compressed(file.path()) || file.length() <= length) {
            return List.of(whole(file, dialect));
        }
        List<Piece> pieces = new ArrayList<>();
        for (long begin = 0; begin < file.length(); begin += length) {
            pieces.add(new Piece(file, dialect, begin, Math.min(file.length(), begin + length), 0));
        }
        return pieces;
    }

    /** Pieces by tasks, in their order: small ones together. */
    public static List<List<Piece>> tasks(List<Piece> pieces, long length) {
        List<List<Piece>> tasks = new ArrayList<>();
        List<Piece> task = new ArrayList<>();
        long bytes = 0;
        for (Piece piece : pieces) {
            long size = Math.min(piece.file.length(), piece.end) - piece.begin;
            if (!task.isEmpty() && bytes + size > length) {
                tasks.add(List.copyOf(task));
                task.clear();
                bytes = 0;
            }
            task.add(piece);
            bytes += size;
        }
        if (!task.isEmpty()) {
            tasks.add(List.copyOf(task));
        }
        return tasks;
    }

    public Piece at(int other) {
        return new Piece(file, dialect, begin, end, other);
    }
}
