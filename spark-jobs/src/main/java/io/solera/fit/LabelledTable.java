package io.solera.fit;

import io.solera.cluster.Described;
import io.solera.problem.RequestException;
import io.solera.reward.learned.LabelledTexts;
import io.solera.reward.learned.Task;
import io.solera.reward.learned.encoding.Encoding;
import io.solera.reward.learned.encoding.Features;
import io.solera.table.TableName;
import io.solera.table.Tables;
import io.solera.table.file.EmptyTableException;
import io.solera.table.file.MalformedTableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * A table of molecules, sequences or texts with measured labels, for training: each once, in the order of the table.
 * Labels of repeated items are averaged in a regression, and dropped in a classification if they disagree; the features
 * are those of the first row.
 *
 * @param scaffolds of molecules; empty texts for others
 */
public record LabelledTable(
        LabelledKind kind,
        Encoding encoding,
        LabelledTexts texts,
        List<String> scaffolds,
        List<String> tasks,
        Task task,
        LeftOut leftOut) {
    /** Maximum number of unusable rows that are listed. */
    private static final int NAMED = 3;

    /**
     * The counts of rows that were not used as items of their own.
     *
     * @param rows of the table
     * @param unreadable invalid or too large
     * @param unnumbered rows with a label that is not a number
     * @param repeated rows that repeat an item
     * @param conflicting labels dropped because rows of one molecule or text disagree on its class
     * @param unlabelled without any label
     * @param first the first of the unreadable and unnumbered rows
     */
    public record LeftOut(
            int rows,
            int unreadable,
            int unnumbered,
            int repeated,
            int conflicting,
            int unlabelled,
            List<String> first) {}

    /**
     * @param labels columns of numbers, with empty cells if not measured; empty: every column of numbers
     * @param task null: a classification if all labels are 0 or 1
     * @throws IllegalArgumentException if a column is missing
     * @throws EmptyTableException if nothing is left
     * @throws MalformedTableException if the file is damaged
     */
    public static LabelledTable read(
            SparkSession spark,
            TableName name,
            String column,
            List<String> labels,
            @Nullable Task task,
            LabelledKind kind,
            Encoding encoding)
            throws Exception {
        String path = name.text();
        Dataset<Row> table = table(spark, name);
        Tables.place(table, path, column);
        List<String> tasks = LabelColumns.of(table, path, column, labels);
        List<LabelledRow> rows = Described.more(
                spark.sparkContext(), ": reading " + path, () -> LabelledRow.of(table, column, tasks, kind, encoding));
        return of(path, rows, tasks, task, kind, encoding);
    }

    /** The length of a column's longest text, 0 for an empty table. */
    public static int longest(SparkSession spark, TableName name, String column) throws Exception {
        Dataset<Row> table = table(spark, name);
        Tables.place(table, name.text(), column);
        Row longest = table.selectExpr("max(length(cast(%s as string)))".formatted(Tables.quoted(column)))
                .head();
        return longest.isNullAt(0) ? 0 : longest.getInt(0);
    }

    private static Dataset<Row> table(SparkSession spark, TableName name) throws IOException {
        Dataset<Row> table = Tables.read(spark, name);
        if (table.columns().length == 0) {
            throw Tables.empty(name.text());
        }
        return table;
    }

    private static LabelledTable of(
            String path,
            List<LabelledRow> rows,
            List<String> tasks,
            @Nullable Task asked,
            LabelledKind kind,
            Encoding encoding) {
        if (rows.isEmpty()) {
            throw Tables.empty(path);
        }
        Map<String, List<LabelledRow>> byKey = new LinkedHashMap<>();
        List<String> named = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            LabelledRow row = rows.get(i);
            if (row.state() == LabelledRow.State.FINE) {
                byKey.computeIfAbsent(row.key(), key -> new ArrayList<>()).add(row);
            } else if (named.size() < NAMED) {
                named.add("row %d: %s".formatted(i + 1, row.problem()));
            }
        }
        if (byKey.isEmpty()) {
            throw new EmptyTableException("Cannot learn from %s: none of its %d rows is a %s with numbers (%s)"
                    .formatted(path, rows.size(), kind.noun(), String.join("; ", named)));
        }
        String noClass = noClass(rows, tasks);
        Task task = asked != null ? asked : noClass.isEmpty() ? Task.CLASSIFICATION : Task.REGRESSION;
        if (task == Task.CLASSIFICATION && !noClass.isEmpty()) {
            throw new RequestException(
                    "Invalid task: classification (must be regression: a label is neither 0 nor 1, %s)"
                            .formatted(noClass));
        }
        List<String> texts = new ArrayList<>();
        List<String> scaffolds = new ArrayList<>();
        List<Features> features = new ArrayList<>();
        List<float[]> kept = new ArrayList<>();
        int conflicting = 0;
        for (List<LabelledRow> same : byKey.values()) {
            float[] labels = new float[tasks.size()];
            boolean labelled = false;
            for (int k = 0; k < labels.length; k++) {
                labels[k] = mean(same, k);
                if (task == Task.CLASSIFICATION && labels[k] > 0 && labels[k] < 1) {
                    labels[k] = Float.NaN;
                    conflicting++;
                }
                labelled |= !Float.isNaN(labels[k]);
            }
            if (labelled) {
                LabelledRow first = same.get(0);
                texts.add(first.key());
                scaffolds.add(first.scaffold());
                features.add(Objects.requireNonNull(first.features()));
                kept.add(labels);
            }
        }
        return new LabelledTable(
                kind,
                encoding,
                new LabelledTexts(texts, features, kept.toArray(float[][]::new)),
                scaffolds,
                tasks,
                task,
                new LeftOut(
                        rows.size(),
                        count(rows, LabelledRow.State.UNREADABLE),
                        count(rows, LabelledRow.State.NO_NUMBER),
                        count(rows, LabelledRow.State.FINE) - byKey.size(),
                        conflicting,
                        byKey.size() - texts.size(),
                        named));
    }

    private static int count(List<LabelledRow> rows, LabelledRow.State state) {
        return (int) rows.stream().filter(row -> row.state() == state).count();
    }

    private static float mean(List<LabelledRow> rows, int task) {
        return (float) rows.stream()
                .mapToDouble(row -> row.labels()[task])
                .filter(label -> !Double.isNaN(label))
                .average()
                .orElse(Double.NaN);
    }

    /** A label that is not a class, and its column; empty if all are 0 or 1. */
    private static String noClass(List<LabelledRow> rows, List<String> tasks) {
        for (LabelledRow row : rows) {
            for (int k = 0; k < row.labels().length; k++) {
                float label = row.labels()[k];
                if (!Float.isNaN(label) && label != 0 && label != 1) {
                    return tasks.get(k) + " " + label;
                }
            }
        }
        return "";
    }
}
