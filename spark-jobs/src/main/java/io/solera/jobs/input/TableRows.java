package io.solera.jobs.input;

import io.solera.cluster.Described;
import io.solera.problem.RequestException;
import io.solera.table.TableName;
import io.solera.table.Tables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/** Some columns of a table as text, by row; a row lacks those where its cell is null. */
public final class TableRows {
    private final TableName name;
    private final Dataset<Row> table;

    private TableRows(TableName name, Dataset<Row> table) {
        this.name = name;
        this.table = table;
    }

    /** Times are those of UTC, so that their text is the same on every machine. */
    public static TableRows of(SparkSession spark, TableName name) throws IOException {
        SparkSession session = spark.newSession();
        session.conf().set("spark.sql.session.timeZone", "UTC");
        return new TableRows(name, Tables.read(session, name));
    }

    public List<String> columns() {
        return Arrays.asList(table.columns());
    }

    boolean has(String column) {
        return columns().contains(column);
    }

    /** Whether a column holds lists of objects, as messages are. */
    boolean holdsLists(String column) {
        return has(column)
                && table.schema().apply(column).dataType() instanceof ArrayType list
                && (list.elementType() instanceof StructType || list.elementType() instanceof MapType);
    }

    /**
     * @param columns as text
     * @param lists columns as JSON, which may be lists or texts
     * @throws IllegalArgumentException naming a column that the table lacks, or that holds no text
     */
    public List<Map<String, String>> rows(Collection<String> columns, Set<String> lists) {
        List<Column> read = new ArrayList<>();
        for (String column : columns) {
            if (!has(column)) {
                throw new RequestException("Cannot read %s: it has no column %s (its columns are %s)"
                        .formatted(name, column, String.join(", ", columns())));
            }
            DataType type = table.schema().apply(column).dataType();
            Column cells = table.col(Tables.quoted(column));
            boolean composed = type instanceof ArrayType || type instanceof StructType || type instanceof MapType;
            if (composed && !lists.contains(column)) {
                throw new RequestException(
                        ("Cannot read %s: column %s holds no text but %s (write what is asked and what is"
                                        + " answered into columns of texts, or both into columns of lists of"
                                        + " messages, and name them by prompt and completion; or name a column of"
                                        + " whole conversations by messages)")
                                .formatted(name, column, type.simpleString()));
            }
            read.add(composed ? functions.to_json(cells) : cells.cast("string"));
        }
        List<String> names = List.copyOf(columns);
        List<Map<String, String>> rows = new ArrayList<>();
        Dataset<Row> selected = table.select(read.toArray(Column[]::new));
        for (Row row :
                Described.more(table.sparkSession().sparkContext(), ": reading " + name, selected::collectAsList)) {
            Map<String, String> cells = new TreeMap<>();
            for (int k = 0; k < names.size(); k++) {
                if (!row.isNullAt(k)) {
                    cells.put(names.get(k), row.getString(k));
                }
            }
            rows.add(cells);
        }
        return rows;
    }
}
