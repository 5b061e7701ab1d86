package io.solera.score;

import io.solera.reward.learned.LabelledMolecules;
import io.solera.reward.learned.Task;
import io.solera.train.EmptyTableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * A table of molecules with measured labels, ready to learn from: molecules once each, in the order of the table. Labels of a molecule
 * that has several rows are averaged in a regression, and dropped in a classification when they disagree.
 *
 * @param scaffolds of the molecules
 */
public record LabelledTable(
        LabelledMolecules molecules, List<String> scaffolds, List<String> tasks, Task task, LeftOut leftOut) {
    /** How many of the rows that cannot be learnt from are named. */
    private static final int NAMED = 3;

    /**
     * What became of the rows that are no molecule of their own.
     *
     * @param rows of the table
     * @param unreadable rows that are no molecule, or one too large
     * @param unnumbered rows with a label that is no number
     * @param repeated rows of a molecule that another row has
     * @param conflicting labels dropped because a molecule's rows disagree on its class
     * @param unlabelled molecules without any label
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
     * @param labels columns of numbers, empty where nothing was measured; none: every column of numbers
     * @param task null: a classification when all labels are 0 or 1
     * @throws IllegalArgumentException when a column is missing
     * @throws EmptyTableException when no molecule is left
     * @throws MalformedTableException when the file is damaged
     */
    public static LabelledTable read(
            SparkSession spark, String path, String column, List<String> labels, @Nullable Task task) throws Exception {
        Dataset<Row> table = Tables.read(spark, path);
        Tables.place(table, path, column);
        try {
            List<String> tasks = LabelColumns.of(table, path, column, labels);
            return of(path, LabelledRow.of(table, column, tasks), tasks, task);
        } catch (Exception e) {
            throw Tables.unreadable(path, e);
        }
    }

    private static LabelledTable of(String path, List<LabelledRow> rows, List<String> tasks, @Nullable Task asked) {
        if (rows.isEmpty()) {
            throw Tables.empty(path);
        }
        Map<String, List<LabelledRow>> byMolecule = new LinkedHashMap<>();
        List<String> first = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            LabelledRow row = rows.get(i);
            if (row.state() == LabelledRow.State.FINE) {
                byMolecule
                        .computeIfAbsent(row.smiles(), smiles -> new ArrayList<>())
                        .add(row);
            } else if (first.size() < NAMED) {
                first.add("row %d: %s".formatted(i + 1, row.problem()));
            }
        }
        if (byMolecule.isEmpty()) {
            throw new EmptyTableException("Cannot learn from %s: none of its %d rows is a molecule with numbers (%s)"
                    .formatted(path, rows.size(), String.join("; ", first)));
        }
        String noClass = noClass(rows, tasks);
        Task task = asked != null ? asked : noClass.isEmpty() ? Task.CLASSIFICATION : Task.REGRESSION;
        if (task == Task.CLASSIFICATION && !noClass.isEmpty()) {
            throw new IllegalArgumentException(
                    "Invalid task: classification (must be regression: a label is neither 0 nor 1, %s)"
                            .formatted(noClass));
        }
        List<String> smiles = new ArrayList<>();
        List<String> scaffolds = new ArrayList<>();
        List<long[]> fingerprints = new ArrayList<>();
        List<float[]> kept = new ArrayList<>();
        int conflicting = 0;
        for (List<LabelledRow> molecule : byMolecule.values()) {
            float[] labels = new float[tasks.size()];
            boolean labelled = false;
            for (int k = 0; k < labels.length; k++) {
                labels[k] = mean(molecule, k);
                if (task == Task.CLASSIFICATION && labels[k] > 0 && labels[k] < 1) {
                    labels[k] = Float.NaN;
                    conflicting++;
                }
                labelled |= !Float.isNaN(labels[k]);
            }
            if (labelled) {
                smiles.add(molecule.get(0).smiles());
                scaffolds.add(molecule.get(0).scaffold());
                fingerprints.add(molecule.get(0).fingerprint());
                kept.add(labels);
            }
        }
        return new LabelledTable(
                new LabelledMolecules(smiles, fingerprints, kept.toArray(float[][]::new)),
                scaffolds,
                tasks,
                task,
                new LeftOut(
                        rows.size(),
                        count(rows, LabelledRow.State.NO_MOLECULE),
                        count(rows, LabelledRow.State.NO_NUMBER),
                        count(rows, LabelledRow.State.FINE) - byMolecule.size(),
                        conflicting,
                        byMolecule.size() - smiles.size(),
                        first));
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

    /** A label that no class has, and its column; empty when all are 0 or 1. */
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
