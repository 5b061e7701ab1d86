package io.solera.score;

import io.solera.reward.Score;
import io.solera.table.Tables;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * How rows are distributed to parts, and the rows of the result. The part of a row is the hash of its inputs, so that
 * equal inputs meet; rows without any input are distributed by their other columns. Within a part rows are sorted by
 * input, and those of one input are in the order of the table.
 *
 * @param inputs the columns that rewards read
 * @param places their indices in a row
 * @param width number of columns of the table
 * @param rewards number of rewards
 * @param ordered whether a scored row ends with its row number in the table
 */
record ScoredRows(List<String> inputs, List<Integer> places, int width, int rewards, boolean ordered)
        implements Serializable {
    /** The column of a row's number in the table. */
    static final String ORDER = "solera_row_order";

    private static final String PART = "solera_part";

    /** Names that no column may have while rows are scored. */
    static final List<String> OWN = List.of(ORDER, PART);

    static ScoredRows of(ScoreInput input, boolean ordered) {
        List<String> names = Arrays.asList(input.table().columns());
        return new ScoredRows(
                input.inputs(),
                input.inputs().stream().map(names::indexOf).toList(),
                names.size(),
                input.rewards().size(),
                ordered);
    }

    /** The columns of scored rows. */
    StructType schema(ScoreInput input) {
        StructType schema = input.schema();
        return ordered ? schema.add(ORDER, DataTypes.LongType, false) : schema;
    }

    /** The rows of the unfinished parts; the partition number is the part number. */
    Dataset<Row> parts(ScoreInput input, int parts, List<Integer> finished) {
        List<Column> order = new ArrayList<>();
        inputs.forEach(name -> order.add(functions.col(Tables.quoted(name))));
        List<Column> key = new ArrayList<>(order);
        Column none = functions.coalesce(order.toArray(Column[]::new)).isNull();
        key.add(functions.when(none, functions.xxhash64(hashable(input.table()))));
        order.add(functions.col(ORDER));
        Column part = functions.pmod(functions.hash(key.toArray(Column[]::new)), functions.lit(parts));
        Dataset<Row> numbered = input.table()
                .select(
                        functions.col("*"),
                        functions.monotonically_increasing_id().as(ORDER),
                        part.as(PART));
        Dataset<Row> missing = finished.isEmpty()
                ? numbered
                : numbered.filter(functions.not(functions.col(PART).isin(finished.toArray())));
        return missing.repartition(parts, key.toArray(Column[]::new))
                .sortWithinPartitions(order.toArray(Column[]::new));
    }

    List<@Nullable String> key(Row row) {
        List<@Nullable String> key = new ArrayList<>(places.size());
        for (int place : places) {
            key.add(row.getString(place));
        }
        return key;
    }

    /** @throws IllegalStateException if Spark has put a row into the wrong partition */
    void requirePart(Row row, int part) {
        if (row.getInt(width + 1) != part) {
            throw new IllegalStateException(
                    "Cannot score part %d: it has a row of part %d".formatted(part, row.getInt(width + 1)));
        }
    }

    /** The cells of a row with its scores. */
    @Nullable
    Object[] scored(Row row, List<Score> scores) {
        @Nullable Object[] cells = new Object[width + 2 * rewards + (ordered ? 1 : 0)];
        for (int k = 0; k < width; k++) {
            cells[k] = row.get(k);
        }
        for (int r = 0; r < rewards; r++) {
            Score score = scores.get(r);
            cells[width + 2 * r] = score.present() ? score.value() : null;
            cells[width + 2 * r + 1] = score.status().text();
        }
        if (ordered) {
            cells[cells.length - 1] = row.getLong(width);
        }
        return cells;
    }

    /** Spark cannot hash maps. */
    private static Column[] hashable(Dataset<Row> table) {
        return Arrays.stream(table.schema().fields())
                .filter(field -> !hasMap(field.dataType()))
                .map(field -> functions.col(Tables.quoted(field.name())))
                .toArray(Column[]::new);
    }

    private static boolean hasMap(DataType type) {
        if (type instanceof ArrayType array) {
            return hasMap(array.elementType());
        } else if (type instanceof StructType struct) {
            return Arrays.stream(struct.fields()).map(StructField::dataType).anyMatch(ScoredRows::hasMap);
        }
        return type instanceof MapType;
    }
}
