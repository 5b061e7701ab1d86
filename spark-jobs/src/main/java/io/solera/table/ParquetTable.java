package io.solera.table;

import io.solera.table.compat.Nested;
import io.solera.table.file.MalformedTableException;
import io.solera.table.file.TableFile;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A table of Parquet files. The schema of every file is looked at first: a column that only some have is null in the others, one that has
 * another type in another file is refused. What Spark does not read itself is brought into what it has: see {@link ParquetValue}.
 */
final class ParquetTable {
    private ParquetTable() {}

    /**
     * @param type as Parquet writes it
     * @param values of which it is made: one, or those inside of it in their order
     */
    private record Field(String type, List<ParquetValue> values) implements Serializable {
        boolean plain() {
            return values.stream().allMatch(value -> value == ParquetValue.PLAIN);
        }
    }

    private record Schema(String file, LinkedHashMap<String, Field> fields) implements Serializable {
        static Schema read(TableFile file, Configuration configuration) {
            Path path = new Path(file.path());
            Configuration hiding = new Configuration(configuration);
            ParquetFiles.settings(path.toUri().getScheme(), configuration).forEach(hiding::set);
            try (var in = path.getFileSystem(configuration).open(path);
                    var reader = ParquetFileReader.open(HadoopInputFile.fromPath(path, hiding))) {
                MessageType schema = reader.getFileMetaData().getSchema();
                List<Integer> meanings =
                        ParquetFooter.of(ParquetFiles.footer(in, file.length())).leaves();
                return new Schema(file.shown(), fields(file, schema, meanings.iterator()));
            } catch (IOException | RuntimeException e) {
                throw TableProblem.parquet(file.shown(), e);
            }
        }

        private static LinkedHashMap<String, Field> fields(
                TableFile file, MessageType schema, Iterator<Integer> meanings) {
            Map<String, List<ParquetValue>> values = new LinkedHashMap<>();
            for (ColumnDescriptor leaf : schema.getColumns()) {
                String name = leaf.getPath()[0];
                try {
                    values.computeIfAbsent(name, key -> new ArrayList<>())
                            .add(ParquetValue.of(leaf.getPrimitiveType(), meanings.next()));
                } catch (IllegalArgumentException e) {
                    throw MalformedTableException.of(
                            file.shown(), "its column %s holds %s".formatted(name, e.getMessage()));
                }
            }
            LinkedHashMap<String, Field> fields = new LinkedHashMap<>();
            for (Type field : schema.getFields()) {
                List<ParquetValue> found = List.copyOf(values.getOrDefault(field.getName(), List.of()));
                fields.put(field.getName(), new Field(type(field) + hidden(found), found));
            }
            return fields;
        }

        /** What the schema says no more of values, as it is hidden from the library. */
        private static String hidden(List<ParquetValue> values) {
            return values.stream()
                    .filter(value -> value == ParquetValue.HALF || value == ParquetValue.UUID)
                    .map(value -> value == ParquetValue.HALF ? " FLOAT16" : " UUID")
                    .collect(Collectors.joining());
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
            alike &= schema.fields.keySet().equals(schemas.get(0).fields.keySet());
            for (Map.Entry<String, Field> column : schema.fields.entrySet()) {
                Schema known = first.putIfAbsent(column.getKey(), schema);
                Field field =
                        known == null ? column.getValue() : Objects.requireNonNull(known.fields.get(column.getKey()));
                if (known != null && !column.getValue().equals(field)) {
                    throw MalformedTableException.of(
                            schema.file,
                            "its column %s is of type %s, and that of %s of type %s (write them with one type)"
                                    .formatted(column.getKey(), column.getValue().type, known.file, field.type));
                }
            }
        }
        List<String> columns = new ArrayList<>(first.keySet());
        columns.addAll(files.get(0).folders());
        CsvHead.requireDifferent(table, columns);
        Map<String, Field> changed = new LinkedHashMap<>();
        first.forEach((name, schema) -> {
            Field field = Objects.requireNonNull(schema.fields.get(name));
            if (!field.plain()) {
                changed.put(name, field);
            }
        });
        return changed(load(spark, table, files, reader, !alike, changed), table, changed);
    }

    private static Dataset<Row> load(
            SparkSession spark,
            String table,
            List<TableFile> files,
            DataFrameReader reader,
            boolean merge,
            Map<String, Field> changed)
            throws IOException {
        Configuration configuration = spark.sparkContext().hadoopConfiguration();
        if (holds(changed, ParquetValue.HALF) || holds(changed, ParquetValue.UUID)) {
            String scheme = new Path(files.get(0).path()).toUri().getScheme();
            reader.options(ParquetFiles.settings(scheme, configuration));
        }
        if (holds(changed, ParquetValue.NANOSECONDS) || holds(changed, ParquetValue.NANOSECONDS_UTC)) {
            spark.conf().set("spark.sql.legacy.parquet.nanosAsLong", "true");
        }
        return reader.option("mergeSchema", String.valueOf(merge))
                .parquet(TableFile.roots(table, configuration).stream()
                        .map(Path::toString)
                        .toArray(String[]::new));
    }

    private static boolean holds(Map<String, Field> fields, ParquetValue value) {
        return fields.values().stream().anyMatch(field -> field.values.contains(value));
    }

    private static Dataset<Row> changed(Dataset<Row> rows, String table, Map<String, Field> fields) {
        Dataset<Row> changed = rows;
        for (Map.Entry<String, Field> field : fields.entrySet()) {
            String name = field.getKey();
            DataType type = rows.schema().apply(name).dataType();
            Column column = changed.col(Tables.quoted(name));
            changed = changed.withColumn(name, new Change(table, name).of(column, type, field.getValue().values));
        }
        return changed;
    }

    /** Brings a column, and what is inside of its values, into what Spark has. */
    private record Change(String table, String name) {
        /** @param values those inside of the column, in the order in which its type names them */
        Column of(Column column, DataType type, List<ParquetValue> values) {
            if (values.stream().allMatch(value -> value == ParquetValue.PLAIN)) {
                return column;
            }
            if (type instanceof ArrayType list) {
                return Nested.elements(column, element -> of(element, list.elementType(), values));
            }
            if (type instanceof MapType map) {
                int keys = size(map.keyType());
                Column changed = Nested.keys(column, key -> of(key, map.keyType(), values.subList(0, keys)));
                List<ParquetValue> others = values.subList(keys, values.size());
                return Nested.values(changed, value -> of(value, map.valueType(), others));
            }
            if (type instanceof StructType struct) {
                List<Column> fields = new ArrayList<>();
                int place = 0;
                for (StructField field : struct.fields()) {
                    int end = place + size(field.dataType());
                    Column inside = column.getField(field.name());
                    fields.add(of(inside, field.dataType(), values.subList(place, end))
                            .as(field.name()));
                    place = end;
                }
                return functions.when(column.isNotNull(), functions.struct(fields.toArray(Column[]::new)));
            }
            return values.get(0).read(column, table, name);
        }

        /** How many columns of Parquet a type is made of. */
        private static int size(DataType type) {
            if (type instanceof ArrayType list) {
                return size(list.elementType());
            }
            if (type instanceof MapType map) {
                return size(map.keyType()) + size(map.valueType());
            }
            if (type instanceof StructType struct) {
                int size = 0;
                for (StructField field : struct.fields()) {
                    size += size(field.dataType());
                }
                return size;
            }
            return 1;
        }
    }
}
