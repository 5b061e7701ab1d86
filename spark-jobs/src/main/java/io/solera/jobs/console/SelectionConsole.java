package io.solera.jobs.console;

import io.solera.select.RunSelection;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * A list of {@code solera select} for a console: the columns that it has room for, numbers of one column with equal
 * decimals.
 */
public final class SelectionConsole {
    private static final int DIGITS = 4;
    private static final int MAX_DECIMALS = 6;
    private static final Map<String, String> SHORT =
            Map.of("geometric_mean", "mean", "nearest_known_similarity", "known");

    private SelectionConsole() {}

    public static void print(PrintStream out, RunSelection.Result result) {
        List<String> shown = result.shown();
        List<List<String>> lines = new ArrayList<>();
        lines.add(
                shown.stream().map(column -> SHORT.getOrDefault(column, column)).toList());
        result.rows().forEach(row -> lines.add(new ArrayList<>()));
        for (String column : shown) {
            List<@Nullable Object> cells = new ArrayList<>();
            for (Row row : result.rows()) {
                cells.add(row.get(result.schema().fieldIndex(column)));
            }
            List<String> texts = texts(cells);
            for (int i = 0; i < texts.size(); i++) {
                lines.get(i + 1).add(texts.get(i));
            }
        }
        TextTable.print(
                out,
                lines,
                k -> !DataTypes.StringType.equals(
                        result.schema().apply(shown.get(k)).dataType()));
        String others = Arrays.stream(result.schema().fieldNames())
                .filter(column -> !shown.contains(column))
                .collect(Collectors.joining(", "));
        out.printf("%nin a file (--output) also: %s%n%n", others);
    }

    private static List<String> texts(List<@Nullable Object> cells) {
        double largest = 0;
        boolean whole = true;
        for (Object cell : cells) {
            if (cell instanceof Double value && Double.isFinite(value)) {
                largest = Math.max(largest, Math.abs(value));
                whole &= value == Math.rint(value);
            }
        }
        int before = largest < 1 ? 0 : 1 + (int) Math.floor(Math.log10(largest));
        int decimals = whole ? 0 : Math.max(0, Math.min(MAX_DECIMALS, DIGITS - Math.max(before, 1)));
        List<String> texts = new ArrayList<>();
        for (Object cell : cells) {
            texts.add(
                    cell == null
                            ? "-"
                            : cell instanceof Double value
                                    ? String.format(Locale.ROOT, "%." + decimals + "f", value)
                                    : cell.toString().replaceAll("\\s+", " "));
        }
        return texts;
    }
}
