package io.solera.jobs.console;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Rows as a table in plain text: numbers to the right, with six digits, whole ones with all; lines of a long cell below
 * each other.
 */
public final class TextTable {
    private static final MathContext DIGITS = new MathContext(6);
    private static final double LARGEST_WHOLE = 1e15;

    private TextTable() {}

    public static void print(PrintStream out, List<String> columns, List<Row> rows) {
        int[] widths = columns.stream().mapToInt(String::length).toArray();
        boolean[] right = new boolean[widths.length];
        List<List<String>> lines = new ArrayList<>();
        for (Row row : rows) {
            List<List<String>> cells = new ArrayList<>();
            int height = 1;
            for (int k = 0; k < widths.length; k++) {
                List<String> cell = text(row.get(k)).lines().toList();
                cells.add(cell);
                height = Math.max(height, cell.size());
                right[k] |= row.get(k) instanceof Number;
                widths[k] = Math.max(
                        widths[k], cell.stream().mapToInt(String::length).max().orElse(0));
            }
            for (int line = 0; line < height; line++) {
                List<String> parts = new ArrayList<>();
                for (List<String> cell : cells) {
                    parts.add(line < cell.size() ? cell.get(line) : "");
                }
                lines.add(parts);
            }
        }
        print(out, columns, widths, right);
        List<String> rule = new ArrayList<>();
        for (int width : widths) {
            rule.add("-".repeat(width));
        }
        print(out, rule, widths, right);
        lines.forEach(line -> print(out, line, widths, right));
    }

    /** Lines of texts as columns that are as wide as their widest cell. */
    public static void print(PrintStream out, List<List<String>> lines, IntPredicate rightColumns) {
        int[] widths = new int[lines.stream().mapToInt(List::size).max().orElse(0)];
        boolean[] right = new boolean[widths.length];
        for (int k = 0; k < widths.length; k++) {
            int column = k;
            right[k] = rightColumns.test(k);
            widths[k] = lines.stream()
                    .filter(line -> line.size() > column)
                    .mapToInt(line -> line.get(column).length())
                    .max()
                    .orElse(0);
        }
        lines.forEach(line -> print(out, line, widths, right));
    }

    private static void print(PrintStream out, List<String> cells, int[] widths, boolean[] right) {
        StringBuilder line = new StringBuilder();
        for (int k = 0; k < cells.size(); k++) {
            String space = " ".repeat(widths[k] - cells.get(k).length());
            line.append(k == 0 ? "" : "  ").append(right[k] ? space + cells.get(k) : cells.get(k) + space);
        }
        out.println(line.toString().stripTrailing());
    }

    private static String text(@Nullable Object value) {
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (!Double.isFinite(number)) {
                return String.valueOf(number);
            }
            BigDecimal exact = new BigDecimal(number);
            boolean whole = number == Math.rint(number) && Math.abs(number) < LARGEST_WHOLE;
            return plain((whole ? exact : exact.round(DIGITS)).stripTrailingZeros());
        }
        return value == null ? "NULL" : value.toString();
    }

    private static String plain(BigDecimal number) {
        int exponent = number.precision() - number.scale() - 1;
        return exponent < -5 || exponent > 14 ? number.toString() : number.toPlainString();
    }
}
