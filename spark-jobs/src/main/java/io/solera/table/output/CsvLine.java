package io.solera.table.output;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** A line of CSV as RFC 4180 has it: a missing cell is empty, an empty text is a pair of quotes. */
final class CsvLine {
    private CsvLine() {}

    static void write(Writer out, Row row, char separator) throws IOException {
        for (int k = 0; k < row.size(); k++) {
            append(out, k, row.isNullAt(k) ? null : row.getString(k), separator);
        }
        out.append('\n');
    }

    static void write(Writer out, List<String> cells, char separator) throws IOException {
        for (int k = 0; k < cells.size(); k++) {
            append(out, k, cells.get(k), separator);
        }
        out.append('\n');
    }

    private static void append(Writer out, int place, @Nullable String text, char separator) throws IOException {
        if (place > 0) {
            out.append(separator);
        }
        if (text != null) {
            boolean plain = !text.isEmpty()
                    && text.chars().noneMatch(c -> c == separator || c == '"' || c == '\n' || c == '\r');
            out.append(plain ? text : "\"" + text.replace("\"", "\"\"") + "\"");
        }
    }
}
