package io.solera.score;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** A line of CSV as RFC 4180 has it: a missing cell is empty, an empty text is a pair of quotes. */
final class CsvLine {
    private CsvLine() {}

    static void write(Writer out, Row row) throws IOException {
        for (int k = 0; k < row.size(); k++) {
            out.append(k == 0 ? "" : ",").append(cell(row.isNullAt(k) ? null : row.getString(k)));
        }
        out.append('\n');
    }

    static void write(Writer out, List<String> cells) throws IOException {
        for (int k = 0; k < cells.size(); k++) {
            out.append(k == 0 ? "" : ",").append(cell(cells.get(k)));
        }
        out.append('\n');
    }

    private static String cell(@Nullable String text) {
        if (text == null) {
            return "";
        }
        boolean plain = !text.isEmpty() && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
