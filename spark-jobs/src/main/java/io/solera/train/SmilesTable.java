package io.solera.train;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads a column of text: from CSV (with header), Parquet or JSON lines by the file's ending, or the first word of each line of a text file. */
public final class SmilesTable {
    private SmilesTable() {}

    /**
     * @throws IllegalArgumentException naming the path and the column, when the column is absent or nothing is in it
     */
    public static List<String> read(SparkSession spark, String path, String column) {
        List<String> texts = column(spark, path, column)
                .filter("value is not null")
                .as(Encoders.STRING())
                .collectAsList();
        if (texts.isEmpty()) {
            throw new EmptyTableException("Cannot read %s: it holds no rows".formatted(path));
        }
        return texts;
    }

    private static Dataset<Row> column(SparkSession spark, String path, String column) {
        String name = path.endsWith(".gz") ? path.substring(0, path.length() - 3) : path;
        try {
            if (name.endsWith(".csv")) {
                return named(spark.read().option("header", "true").csv(path), path, column);
            }
            if (name.endsWith(".parquet")) {
                return named(spark.read().parquet(path), path, column);
            }
            if (name.endsWith(".json") || name.endsWith(".jsonl")) {
                return named(spark.read().json(path), path, column);
            }
            return spark.read()
                    .text(path)
                    .selectExpr("split(trim(value), '[ \\t]')[0] as value")
                    .filter("value != ''");
        } catch (Exception e) {
            if (e instanceof AnalysisException) {
                throw new IllegalArgumentException("Cannot read %s: %s".formatted(path, e.getMessage()), e);
            }
            throw e;
        }
    }

    private static Dataset<Row> named(Dataset<Row> table, String path, String column) {
        if (!Arrays.asList(table.columns()).contains(column)) {
            throw new IllegalArgumentException(
                    "Cannot read %s: it has no column %s (its columns are %s; name one with --column)"
                            .formatted(path, column, String.join(", ", table.columns())));
        }
        return table.selectExpr("`" + column + "` as value");
    }
}
