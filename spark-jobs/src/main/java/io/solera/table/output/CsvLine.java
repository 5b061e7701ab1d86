package io.solera.table.output;

import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** A line of CSV according to RFC 4180: a missing cell is empty, an empty text is a pair of quotes. */
public final class CsvLine {
    private CsvLine() {}

    static void write(Appendable out, Row row, char separator) throws IOException {
        for (int k = 0; k < row.size(); k++) {
            append(out, k, row.isNullAt(k) ? null : row.getString(k), separator);
        }
        out.append('\n');
    }

    static void write(Appendable out, List<String> cells, char separator) throws IOException {
        for (int k = 0; k < cells.size(); k++) {
            append(out, k, cells.get(k), separator);
        }
        out.append('\n');
    }

    /** With commas, and its line end. */
    public static String of(@Nullable String... cells) {
        StringBuilder line = new StringBuilder();
        for (int k = 0; k < cells.length; k++) {
            line.append(k > 0 ? "," : "").append(cell(cells[k], ','));
        }
        return line.append('\n').toString();
    }

    private static void append(Appendable out, int place, @Nullable String text, char separator) throws IOException {
        if (place > 0) {
            out.append(separator);
        }
        out.append(cell(text, separator));
    }

    private static String cell(@Nullable String text, char separator) {
        if (text == null) {
            return "";
        }
        boolean plain =
                !text.isEmpty() && text.chars().noneMatch(c -> c == separator || c == '"' || c == '\n' || c == '\r');
        return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
