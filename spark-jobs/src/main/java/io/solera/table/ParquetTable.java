package io.solera.table;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * A table of Parquet files. The schema of every file is looked at first: a column that only some have is null in the others, one that has
 * another type in another file is refused. Times in nanoseconds become Spark's, in microseconds, where nothing is lost.
 */
final class ParquetTable {
    private static final String NANOSECONDS = "TIMESTAMP(NANOS,";

    private ParquetTable() {}

    /** @param types by column, as Parquet writes them */
    private record Schema(String file, LinkedHashMap<String, String> types) implements Serializable {
        static Schema read(TableFile file, Configuration configuration) {
            Path path = new Path(file.path());
            LinkedHashMap<String, String> types = new LinkedHashMap<>();
            try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(path, configuration))) {
                for (Type field : reader.getFileMetaData().getSchema().getFields()) {
                    types.put(field.getName(), type(field));
                }
            } catch (IOException | RuntimeException e) {
                throw TableProblem.parquet(file.shown(), e);
            }
            return new Schema(file.shown(), types);
        }

        private static String type(Type field) {
            LogicalTypeAnnotation logical = field.getLogicalTypeAnnotation();
            return field.isPrimitive()
                    ? field.asPrimitiveType().getPrimitiveTypeName() + (logical == null ? "" : " " + logical)
                    : field.toString().replaceAll("\\s+", " ");
        }
    }

    static Dataset<Row> read(SparkSession spark, String table, List<TableFile> files, DataFrameReader reader)
            throws IOException {
        List<Schema> schemas = TextRows.each(spark, files, Schema::read);
        Map<String, Schema> first = new LinkedHashMap<>();
        boolean alike = true;
        for (Schema schema : schemas) {
            alike &= schema.types.keySet().equals(schemas.get(0).types.keySet());
            for (Map.Entry<String, String> column : schema.types.entrySet()) {
                Schema known = first.putIfAbsent(column.getKey(), schema);
                String type = known == null ? column.getValue() : known.types.get(column.getKey());
                if (known != null && !column.getValue().equals(type)) {
                    throw MalformedTableException.of(
                            schema.file,
                            "its column %s is of type %s, and that of %s of type %s (write them with one type)"
                                    .formatted(column.getKey(), column.getValue(), known.file, type));
                }
            }
        }
        List<String> columns = new ArrayList<>(first.keySet());
        columns.addAll(files.get(0).folders());
        CsvHead.requireDifferent(table, columns);
        List<String> nanoseconds = new ArrayList<>();
        first.forEach((name, schema) -> {
            String type = String.valueOf(schema.types.get(name));
            if (type.contains(NANOSECONDS)) {
                if (!type.startsWith("INT64 ")) {
                    throw MalformedTableException.of(
                            schema.file,
                            "its column %s holds times in nanoseconds inside of other values (write them in microseconds)"
                                    .formatted(name));
                }
                nanoseconds.add(name);
            }
        });
        if (!nanoseconds.isEmpty()) {
            spark.conf().set("spark.sql.legacy.parquet.nanosAsLong", "true");
        }
        Dataset<Row> rows = reader.option("mergeSchema", String.valueOf(!alike))
                .parquet(TableFile.roots(table, spark.sparkContext().hadoopConfiguration()).stream()
                        .map(Path::toString)
                        .toArray(String[]::new));
        for (String name : nanoseconds) {
            boolean utc = Optional.ofNullable(first.get(name))
                    .map(schema -> String.valueOf(schema.types.get(name)).contains("true"))
                    .orElse(false);
            rows = rows.withColumn(name, microseconds(rows.col(Tables.quoted(name)), table, name, utc));
        }
        return rows;
    }

    /** The time of a number of nanoseconds since 1970; refused where it is no whole number of microseconds. */
    private static Column microseconds(Column nanoseconds, String table, String name, boolean utc) {
        Column refusal = functions
                .raise_error(functions.concat(
                        functions.lit(
                                "%sCannot read %s: column %s holds a time that is finer than microseconds (write it in microseconds): "
                                        .formatted(TableProblem.MARK, table, name)),
                        nanoseconds.cast("string")))
                .cast("bigint");
        Column whole = functions
                .when(nanoseconds.mod(1000).notEqual(0), refusal)
                .otherwise(functions.expr(Tables.quoted(name) + " div 1000"));
        if (utc) {
            return functions.timestamp_micros(whole);
        }
        // a time of no zone, whatever the zone of the session
        Column zero = functions.lit(0);
        Column seconds = whole.cast("decimal(20,0)").divide(1_000_000);
        return functions
                .expr("timestamp_ntz'1970-01-01 00:00:00'")
                .plus(functions.make_dt_interval(zero, zero, zero, seconds));
    }
}
