package io.solera.score;

import io.solera.reward.learned.LabelledMolecules;
import io.solera.reward.learned.Task;
import io.solera.reward.molecule.Fingerprint;
import io.solera.reward.molecule.Molecule;
import io.solera.reward.molecule.Molecules;
import io.solera.reward.molecule.MurckoScaffold;
import io.solera.train.EmptyTableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A table of molecules with measured labels, ready to learn from: molecules once each, in the order of the table.
 *
 * @param scaffolds of the molecules
 * @param unreadable rows that are no molecule, or one too large
 * @param repeated rows of a molecule that another row has
 * @param conflicting molecules left out because their rows disagree on a class
 */
public record LabelledTable(
        LabelledMolecules molecules,
        List<String> scaffolds,
        List<String> tasks,
        Task task,
        int rows,
        int unreadable,
        int repeated,
        int conflicting) {
    private static final int TASKS_PER_CORE = 4;
    private static final StructType PREPARED = new StructType()
            .add("place", DataTypes.LongType)
            .add("canonical", DataTypes.StringType)
            .add("scaffold", DataTypes.StringType)
            .add("words", DataTypes.createArrayType(DataTypes.LongType))
            .add("labels", DataTypes.createArrayType(DataTypes.FloatType));

    /** The rows of one molecule. */
    private static final class Measured {
        private final String canonical;
        private final String scaffold;
        private final long[] words;
        private final List<float[]> labels = new ArrayList<>();

        Measured(Row first) {
            canonical = first.getString(1);
            scaffold = first.getString(2);
            words = first.<Long>getList(3).stream().mapToLong(Long::longValue).toArray();
        }
    }

    /**
     * @param labels columns of numbers, empty where nothing was measured; none: every column but the molecules'
     * @param task null: a classification when all labels are 0 or 1
     * @throws IllegalArgumentException when a column is missing or holds something else
     * @throws EmptyTableException when no molecule is left
     */
    public static LabelledTable read(
            SparkSession spark, String path, String column, List<String> labels, @Nullable Task task)
            throws IOException {
        Dataset<Row> table = Tables.read(spark, path);
        Tables.place(table, path, column);
        List<String> tasks = labels.isEmpty()
                ? Arrays.stream(table.columns())
                        .filter(name -> !name.equals(column))
                        .toList()
                : labels;
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("Cannot learn from %s: it has no column of labels".formatted(path));
        }
        List<Row> prepared = prepared(table, path, column, tasks);
        TreeMap<String, Measured> byMolecule = new TreeMap<>();
        List<Measured> inOrder = new ArrayList<>();
        int unreadable = 0;
        for (Row row : prepared) {
            if (row.isNullAt(1)) {
                unreadable++;
                continue;
            }
            Measured measured = byMolecule.get(row.getString(1));
            if (measured == null) {
                measured = new Measured(row);
                byMolecule.put(measured.canonical, measured);
                inOrder.add(measured);
            }
            List<Float> values = row.getList(4);
            float[] numbers = new float[values.size()];
            for (int k = 0; k < numbers.length; k++) {
                numbers[k] = values.get(k);
            }
            measured.labels.add(numbers);
        }
        Task kind = task == null ? told(inOrder) : task;
        return merged(path, inOrder, tasks, kind, prepared.size(), unreadable);
    }

    private static List<Row> prepared(Dataset<Row> table, String path, String column, List<String> tasks)
            throws IOException {
        List<Column> columns = new ArrayList<>(List.of(
                functions.monotonically_increasing_id(),
                table.col(Tables.quoted(column)).cast(DataTypes.StringType)));
        for (String name : tasks) {
            if (!Arrays.asList(table.columns()).contains(name)) {
                throw new IllegalArgumentException(
                        "Cannot read %s: it has no column %s (its columns are %s; name some with --labels)"
                                .formatted(path, name, String.join(", ", table.columns())));
            }
            columns.add(table.col(Tables.quoted(name)).cast(DataTypes.StringType));
        }
        int parts = TASKS_PER_CORE * table.sparkSession().sparkContext().defaultParallelism();
        try {
            List<Row> rows = new ArrayList<>(table.select(columns.toArray(Column[]::new))
                    .repartition(parts)
                    .map((MapFunction<Row, Row>) row -> prepared(row, path, tasks), Encoders.row(PREPARED))
                    .collectAsList());
            rows.sort((a, b) -> Long.compare(a.getLong(0), b.getLong(0)));
            return rows;
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof IllegalArgumentException wrong
                        && String.valueOf(wrong.getMessage()).startsWith("Cannot read ")) {
                    throw new MalformedTableException(String.valueOf(wrong.getMessage()), e);
                }
            }
            throw e;
        }
    }

    private static Row prepared(Row row, String path, List<String> tasks) {
        Float[] labels = new Float[tasks.size()];
        for (int k = 0; k < labels.length; k++) {
            String text = row.isNullAt(2 + k) ? "" : row.getString(2 + k).strip();
            try {
                labels[k] = text.isEmpty() ? Float.NaN : Float.parseFloat(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "Cannot read %s: column %s holds %s (must be a number, or empty where nothing was measured)"
                                .formatted(path, tasks.get(k), text),
                        e);
            }
        }
        Molecule molecule =
                row.isNullAt(1) ? null : Molecules.read(row.getString(1)).molecule();
        if (molecule == null) {
            return RowFactory.create(row.getLong(0), null, null, null, null);
        }
        Long[] words = Arrays.stream(Fingerprint.of(molecule)).boxed().toArray(Long[]::new);
        return RowFactory.create(
                row.getLong(0), molecule.canonicalSmiles(), MurckoScaffold.of(molecule), words, labels);
    }

    private static Task told(List<Measured> molecules) {
        for (Measured measured : molecules) {
            for (float[] row : measured.labels) {
                for (float label : row) {
                    if (!Float.isNaN(label) && label != 0 && label != 1) {
                        return Task.REGRESSION;
                    }
                }
            }
        }
        return Task.CLASSIFICATION;
    }

    private static LabelledTable merged(
            String path, List<Measured> molecules, List<String> tasks, Task task, int rows, int unreadable) {
        List<String> smiles = new ArrayList<>();
        List<String> scaffolds = new ArrayList<>();
        List<long[]> fingerprints = new ArrayList<>();
        List<float[]> labels = new ArrayList<>();
        int conflicting = 0;
        for (Measured measured : molecules) {
            float[] means = new float[tasks.size()];
            boolean conflict = false;
            for (int k = 0; k < means.length; k++) {
                int column = k;
                double[] values = measured.labels.stream()
                        .mapToDouble(row -> row[column])
                        .filter(value -> !Double.isNaN(value))
                        .toArray();
                means[k] = (float) Arrays.stream(values).average().orElse(Double.NaN);
                conflict |= task == Task.CLASSIFICATION && !Float.isNaN(means[k]) && means[k] != 0 && means[k] != 1;
            }
            if (conflict) {
                conflicting++;
                continue;
            }
            smiles.add(measured.canonical);
            scaffolds.add(measured.scaffold);
            fingerprints.add(measured.words);
            labels.add(means);
        }
        if (smiles.isEmpty()) {
            throw new EmptyTableException("Cannot learn from %s: it holds no labelled molecule".formatted(path));
        }
        return new LabelledTable(
                new LabelledMolecules(smiles, fingerprints, labels.toArray(float[][]::new)),
                scaffolds,
                tasks,
                task,
                rows,
                unreadable,
                rows - unreadable - molecules.size(),
                conflicting);
    }
}
