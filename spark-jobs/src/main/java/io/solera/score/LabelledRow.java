package io.solera.score;

import io.solera.reward.molecule.Fingerprint;
import io.solera.reward.molecule.Molecule;
import io.solera.reward.molecule.Molecules;
import io.solera.reward.molecule.MurckoScaffold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A row of a table of measured molecules, as a task has read it.
 *
 * @param problem what is wrong with the row, and with FINE empty
 * @param smiles canonical; this and the following are empty unless FINE
 * @param labels NaN where nothing was measured
 */
record LabelledRow(State state, String problem, String smiles, String scaffold, long[] fingerprint, float[] labels) {
    /** Whether a row can be learnt from. */
    enum State {
        FINE,
        NO_MOLECULE,
        NO_NUMBER
    }

    private static final int TASKS_PER_CORE = 4;
    private static final int SHOWN = 60;
    private static final StructType READ = new StructType()
            .add("place", DataTypes.LongType)
            .add("state", DataTypes.StringType)
            .add("problem", DataTypes.StringType)
            .add("smiles", DataTypes.StringType)
            .add("scaffold", DataTypes.StringType)
            .add("fingerprint", DataTypes.createArrayType(DataTypes.LongType))
            .add("labels", DataTypes.createArrayType(DataTypes.FloatType));

    /** All of a table in its order; structures are computed by the tasks. */
    static List<LabelledRow> of(Dataset<Row> table, String column, List<String> labels) {
        List<Column> columns = new ArrayList<>(List.of(functions.monotonically_increasing_id(), text(table, column)));
        labels.forEach(name -> columns.add(text(table, name)));
        int parts = TASKS_PER_CORE * table.sparkSession().sparkContext().defaultParallelism();
        List<Row> rows = new ArrayList<>(table.select(columns.toArray(Column[]::new))
                .repartition(parts)
                .map((MapFunction<Row, Row>) row -> read(row, labels), Encoders.row(READ))
                .collectAsList());
        rows.sort((a, b) -> Long.compare(a.getLong(0), b.getLong(0)));
        return rows.stream().map(LabelledRow::of).toList();
    }

    private static Column text(Dataset<Row> table, String name) {
        return table.col(Tables.quoted(name)).cast(DataTypes.StringType);
    }

    private static LabelledRow of(Row row) {
        List<Float> labels = row.getList(6);
        float[] numbers = new float[labels.size()];
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] = labels.get(k);
        }
        return new LabelledRow(
                State.valueOf(row.getString(1)),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.<Long>getList(5).stream().mapToLong(Long::longValue).toArray(),
                numbers);
    }

    private static Row read(Row row, List<String> names) {
        String smiles = row.isNullAt(1) ? "" : row.getString(1);
        Molecule molecule = Molecules.read(smiles).molecule();
        if (molecule == null) {
            return refused(row, State.NO_MOLECULE, smiles.isEmpty() ? "no SMILES" : smiles);
        }
        Float[] labels = new Float[names.size()];
        for (int k = 0; k < labels.length; k++) {
            String text = row.isNullAt(2 + k) ? "" : row.getString(2 + k).strip();
            labels[k] = number(text);
            if (labels[k].isInfinite()) {
                return refused(row, State.NO_NUMBER, names.get(k) + " " + text);
            }
        }
        Long[] words = Arrays.stream(Fingerprint.of(molecule)).boxed().toArray(Long[]::new);
        return RowFactory.create(
                row.getLong(0),
                State.FINE.name(),
                "",
                molecule.canonicalSmiles(),
                MurckoScaffold.of(molecule),
                words,
                labels);
    }

    private static Row refused(Row row, State state, String problem) {
        String shown = problem.length() <= SHOWN ? problem : problem.substring(0, SHOWN) + "...";
        return RowFactory.create(row.getLong(0), state.name(), shown, "", "", new Long[0], new Float[0]);
    }

    /** NaN for an empty text, infinite for one that is no number. */
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
