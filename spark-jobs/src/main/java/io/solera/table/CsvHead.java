package io.solera.table;

import io.solera.table.file.ByteSource;
import io.solera.table.file.CsvRecords;
import io.solera.table.file.Dialect;
import io.solera.table.file.MalformedRowException;
import io.solera.table.file.MalformedTableException;
import io.solera.table.file.TableFile;
import io.solera.table.file.TableFormat;
import io.solera.table.file.TextFile;
import io.solera.table.file.TextOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * What the first line of a file of CSV says: the columns, and by what they are separated. A separator fits when it occurs in the header
 * outside of quotes and the first rows have as many cells.
 *
 * @param columns none of a file without any byte
 */
record CsvHead(TableFile file, Dialect dialect, List<String> columns) implements Serializable {
    private static final char[] SEPARATORS = {',', ';', '\t', '|'};
    private static final int LOOKED_AT = 1 << 16;
    private static final int ROWS = 20;

    CsvHead {
        columns = List.copyOf(columns);
    }

    /** The columns that a separator makes of the first line, and whether the first rows fit. */
    private record Reading(char separator, List<@Nullable String> header, boolean fits) {}

    static CsvHead read(TableFile file, TextOptions options, Configuration configuration) throws IOException {
        Dialect dialect = TextFile.dialect(file, options, configuration);
        byte[] first;
        try (InputStream in = TextFile.open(file, dialect, 0, configuration)) {
            first = in.readNBytes(LOOKED_AT);
        }
        if (first.length == 0) {
            return new CsvHead(file, dialect, List.of());
        }
        if (TextFile.packed(first) && !TableFormat.compressed(file.path())) {
            throw MalformedTableException.of(
                    file.shown(), "its bytes are those of a packed file (unpack it, or call it .gz)");
        }
        char separator = options.separator() != null
                ? options.separator()
                : separator(file, first, dialect, first.length < LOOKED_AT);
        Dialect separated = dialect.separated(separator);
        try (CsvRecords records = new CsvRecords(
                new ByteSource(TextFile.open(file, separated, 0, configuration), 0), separator, separated.read())) {
            List<@Nullable String> header = records.next();
            return new CsvHead(file, separated, columns(file, header == null ? List.of() : header));
        } catch (MalformedRowException e) {
            throw e.in(file.shown(), -1, 0);
        }
    }

    private static char separator(TableFile file, byte[] first, Dialect dialect, boolean whole) throws IOException {
        List<Reading> readings = new ArrayList<>();
        for (char separator : SEPARATORS) {
            Reading reading = reading(first, separator, dialect, whole);
            if (reading.header.size() > 1) {
                readings.add(reading);
            }
        }
        char usual = TableFormat.separator(file.path());
        List<Reading> fitting = readings.stream().filter(Reading::fits).toList();
        List<Reading> left = fitting.isEmpty() ? readings : fitting;
        if (left.size() == 1) {
            return left.get(0).separator;
        }
        if (left.size() > 1 && !fitting.isEmpty()) {
            throw MalformedTableException.of(
                    file.shown(),
                    "its header and rows fit the separator %s as well as %s (say which with --separator)"
                            .formatted(name(left.get(0).separator), name(left.get(1).separator)));
        }
        return usual;
    }

    private static Reading reading(byte[] first, char separator, Dialect dialect, boolean whole) throws IOException {
        List<@Nullable String> header = List.of();
        try (CsvRecords records =
                new CsvRecords(new ByteSource(new ByteArrayInputStream(first), 0), separator, dialect.read())) {
            header = orNone(records.next());
            for (int row = 0; row < ROWS; row++) {
                List<@Nullable String> cells = orNone(records.next());
                boolean end = cells.isEmpty() || (!whole && records.atEnd());
                if (end || (!blank(cells) && cells.size() != header.size())) {
                    return new Reading(separator, header, end);
                }
            }
            return new Reading(separator, header, true);
        } catch (MalformedRowException e) {
            // told when the rows are read; here it only ends what can be compared
            return new Reading(separator, header, true);
        }
    }

    private static List<@Nullable String> orNone(@Nullable List<@Nullable String> cells) {
        return cells == null ? List.of() : cells;
    }

    static boolean blank(List<@Nullable String> cells) {
        return cells.size() == 1 && cells.get(0) == null;
    }

    private static List<String> columns(TableFile file, List<@Nullable String> header) {
        List<String> columns = new ArrayList<>();
        for (int k = 0; k < header.size(); k++) {
            String name = header.get(k);
            // as Spark calls a column without a name, such as the index of a table that pandas wrote
            columns.add(name == null || name.isEmpty() ? "_c" + k : name);
        }
        requireDifferent(file.shown(), columns);
        return columns;
    }

    /** @throws MalformedTableException when two are called alike; Spark does not tell capitals from small letters */
    static void requireDifferent(String file, List<String> columns) {
        Map<String, Integer> places = new HashMap<>();
        for (int k = 0; k < columns.size(); k++) {
            Integer earlier = places.putIfAbsent(columns.get(k).toLowerCase(Locale.ROOT), k);
            if (earlier != null) {
                throw MalformedTableException.of(
                        file,
                        "columns %d and %d are called %s and %s (names must differ, not by capitals alone: rename one)"
                                .formatted(earlier + 1, k + 1, columns.get(earlier), columns.get(k)));
            }
        }
    }

    /** Where in a row of this file the columns of another are. */
    int[] places(CsvHead first) {
        for (String column : first.columns) {
            if (!columns.contains(column)) {
                throw MalformedTableException.of(
                        file.shown(), "it has no column %s, which %s has".formatted(column, first.file.shown()));
            }
        }
        for (String column : columns) {
            if (!first.columns.contains(column)) {
                throw MalformedTableException.of(
                        file.shown(), "it has a column %s, which %s lacks".formatted(column, first.file.shown()));
            }
        }
        return first.columns.stream().mapToInt(columns::indexOf).toArray();
    }

    private static String name(char separator) {
        return separator == '\t' ? "tab" : String.valueOf(separator);
    }
}
