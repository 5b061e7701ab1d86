package io.solera.fit;

import io.solera.cluster.Slots;
import io.solera.lang.Excerpt;
import io.solera.reward.Status;
import io.solera.reward.learned.encoding.Encoding;
import io.solera.reward.learned.encoding.Features;
import io.solera.reward.molecule.MurckoScaffold;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.smiles.Molecules;
import io.solera.table.Tables;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table of measured texts, as read by a task.
 *
 * @param place row number in the table
 * @param problem of the row; empty if FINE
 * @param key equal for rows of the same molecule or text; this and the following are empty unless FINE
 * @param labels NaN if not measured
 */
public record LabelledRow(
        long place,
        State state,
        String problem,
        String key,
        String scaffold,
        @Nullable Features features,
        float[] labels)
        implements Serializable {
    /** Whether a row can be used for training. */
    enum State {
        FINE,
        UNREADABLE,
        NO_NUMBER
    }

    private static final int TASKS_PER_CORE = 4;
    private static final int SHOWN = 60;
    /** Rows whose features are computed together. */
    private static final int BATCH = 512;

    /** All rows of a table, in order; structures and features are computed in tasks. */
    static List<LabelledRow> of(
            Dataset<Row> table, String column, List<String> labels, LabelledKind kind, Encoding encoding) {
        List<Column> columns = new ArrayList<>(List.of(functions.monotonically_increasing_id(), text(table, column)));
        labels.forEach(name -> columns.add(text(table, name)));
        int parts =
                TASKS_PER_CORE * Slots.of(table.sparkSession().sparkContext()).spread();
        List<LabelledRow> rows = new ArrayList<>(table.select(columns.toArray(Column[]::new))
                .repartition(parts)
                .mapPartitions(
                        (MapPartitionsFunction<Row, LabelledRow>) part -> read(part, labels, kind, encoding),
                        Encoders.javaSerialization(LabelledRow.class))
                .collectAsList());
        rows.sort((a, b) -> Long.compare(a.place(), b.place()));
        return rows;
    }

    private static Column text(Dataset<Row> table, String name) {
        return table.col(Tables.quoted(name)).cast(DataTypes.StringType);
    }

    private static Iterator<LabelledRow> read(
            Iterator<Row> part, List<String> labels, LabelledKind kind, Encoding encoding) {
        List<LabelledRow> rows = new ArrayList<>();
        while (part.hasNext()) {
            List<LabelledRow> batch = new ArrayList<>(BATCH);
            List<String> texts = new ArrayList<>(BATCH);
            while (part.hasNext() && batch.size() < BATCH) {
                Row row = part.next();
                LabelledRow read = read(row, labels, kind, encoding);
                batch.add(read);
                if (read.state == State.FINE) {
                    texts.add(row.getString(1));
                }
            }
            Iterator<Features> features = encoding.features(texts).iterator();
            batch.forEach(row -> rows.add(row.state == State.FINE ? row.with(features.next()) : row));
        }
        return rows.iterator();
    }

    private LabelledRow with(Features read) {
        return new LabelledRow(place, state, problem, key, scaffold, read, labels);
    }

    private static LabelledRow read(Row row, List<String> names, LabelledKind kind, Encoding encoding) {
        String text = row.isNullAt(1) ? "" : row.getString(1);
        Molecule molecule = kind == LabelledKind.MOLECULE ? Molecules.read(text).molecule() : null;
        Encoding.Key key = encoding.key(text);
        if (key.status() != Status.OK || (kind == LabelledKind.MOLECULE && molecule == null)) {
            String nothing = kind == LabelledKind.MOLECULE ? "no SMILES" : "no " + kind.noun();
            return refused(row, State.UNREADABLE, text.isEmpty() ? nothing : text);
        }
        float[] labels = new float[names.size()];
        for (int k = 0; k < labels.length; k++) {
            String label = row.isNullAt(2 + k) ? "" : row.getString(2 + k).strip();
            labels[k] = number(label);
            if (Float.isInfinite(labels[k])) {
                return refused(row, State.NO_NUMBER, names.get(k) + " " + label);
            }
        }
        return new LabelledRow(
                row.getLong(0),
                State.FINE,
                "",
                molecule == null ? key.text() : molecule.canonicalSmiles(),
                molecule == null ? "" : MurckoScaffold.of(molecule),
                null,
                labels);
    }

    private static LabelledRow refused(Row row, State state, String problem) {
        return new LabelledRow(row.getLong(0), state, Excerpt.of(problem, SHOWN), "", "", null, new float[0]);
    }

    /** NaN for an empty text, infinite for one that is not a number. */
    private static float number(String text) {
        if (text.isEmpty() || text.equalsIgnoreCase("nan")) {
            return Float.NaN;
        }
        try {
            return Character.isLetter(text.charAt(text.length() - 1))
                    ? Float.POSITIVE_INFINITY
                    : Float.parseFloat(text);
        } catch (NumberFormatException e) {
            return Float.POSITIVE_INFINITY;
        }
    }
}
