package io.solera.fit;

import io.solera.table.Tables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.NumericType;

/** The columns of a table that hold measured numbers. */
final class LabelColumns {
    private LabelColumns() {}

    /**
     * Those asked for, or all whose filled cells are numbers.
     *
     * @param column of the molecules, which is none of them
     * @throws IllegalArgumentException when one is missing, or there are none
     */
    static List<String> of(Dataset<Row> table, String path, String column, List<String> asked) {
        List<String> known = Arrays.asList(table.columns());
        for (String name : asked) {
            if (!known.contains(name) || name.equals(column)) {
                throw new IllegalArgumentException(
                        "Cannot read %s: it has no column %s of labels (its columns are %s; name some with --labels)"
                                .formatted(path, name, String.join(", ", known)));
            }
        }
        List<String> labels = asked.isEmpty() ? numeric(table, column) : List.copyOf(asked);
        if (labels.isEmpty()) {
            throw new IllegalArgumentException(
                    "Cannot learn from %s: no column holds only numbers (its columns are %s; name labels with --labels)"
                            .formatted(path, String.join(", ", known)));
        }
        if (labels.stream().distinct().count() < labels.size()) {
            throw new IllegalArgumentException(
                    "Invalid labels: %s (must be different columns)".formatted(String.join(",", labels)));
        }
        return labels;
    }

    private static List<String> numeric(Dataset<Row> table, String column) {
        List<String> names = Arrays.stream(table.columns())
                .filter(name -> !name.equals(column))
                .toList();
        List<Column> counts = new ArrayList<>(List.of(functions.lit(0)));
        for (String name : names) {
            String text = "trim(cast(%s as string))".formatted(Tables.quoted(name));
            String number = "try_cast(%s as double)".formatted(text);
            counts.add(functions.expr("count_if(%s != '' and %s is null)".formatted(text, number)));
            counts.add(functions.expr("count(%s)".formatted(number)));
        }
        Row found = table.agg(counts.get(0), counts.subList(1, counts.size()).toArray(Column[]::new))
                .head();
        List<String> numeric = new ArrayList<>();
        for (int k = 0; k < names.size(); k++) {
            boolean numbers = table.schema().apply(names.get(k)).dataType() instanceof NumericType
                    || found.getLong(2 + 2 * k) > 0;
            if (numbers && found.getLong(1 + 2 * k) == 0) {
                numeric.add(names.get(k));
            }
        }
        return numeric;
    }
}
