package io.solera.jobs;

import io.solera.table.TableName;
import io.solera.table.Tables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/** Some columns of a table as text, by row; a row lacks those where its cell is null. */
final class TableRows {
    private TableRows() {}

    /** @throws IllegalArgumentException naming a column that the table lacks */
    static List<Map<String, String>> read(SparkSession spark, TableName name, List<String> columns) throws IOException {
        Dataset<Row> table = Tables.read(spark, name);
        List<String> there = Arrays.asList(table.columns());
        for (String column : columns) {
            if (!there.contains(column)) {
                throw new IllegalArgumentException("Cannot read %s: it has no column %s (its columns are %s)"
                        .formatted(name, column, String.join(", ", there)));
            }
        }
        for (String column : columns) {
            DataType type = table.schema().apply(column).dataType();
            if (type instanceof ArrayType || type instanceof StructType || type instanceof MapType) {
                throw new IllegalArgumentException(
                        ("Cannot read %s: column %s holds no text but %s (write what is asked and what is answered"
                            + " into columns of texts, and name them by prompt and completion; lists of chat messages"
                            + " are not read)")
                                .formatted(name, column, type.simpleString()));
            }
        }
        Column[] texts = columns.stream()
                .map(column -> table.col(Tables.quoted(column)).cast("string"))
                .toArray(Column[]::new);
        List<Map<String, String>> rows = new ArrayList<>();
        for (Row row : table.select(texts).collectAsList()) {
            Map<String, String> cells = new TreeMap<>();
            for (int k = 0; k < columns.size(); k++) {
                if (!row.isNullAt(k)) {
                    cells.put(columns.get(k), row.getString(k));
                }
            }
            rows.add(cells);
        }
        return rows;
    }
}
