package io.solera.table.output;

import io.solera.problem.RequestException;
import io.solera.table.TableName;
import io.solera.table.Tables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.CreateTableWriter;
import org.apache.spark.sql.DataFrameWriterV2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A table of a Spark catalog that is written, in whatever format. What is written appears as a whole in formats with
 * transactions (Delta, Iceberg, Hudi). In a table of plain files an append is one file, and a replacement is a drop and
 * a new table.
 */
public final class CatalogTable {
    private final SparkSession spark;
    private final TableName name;

    public CatalogTable(SparkSession spark, TableName name) {
        this.spark = spark;
        this.name = name;
    }

    public boolean exists() {
        return spark.catalog().tableExists(name.name());
    }

    /** @throws RequestException if the catalog has no namespace in which the table could be made */
    public void requireNamespace() {
        String whole = name.name();
        int last = whole.endsWith("`") ? whole.lastIndexOf('`', whole.length() - 2) : whole.length();
        int dot = whole.lastIndexOf('.', last);
        if (dot > 0 && !spark.catalog().databaseExists(whole.substring(0, dot))) {
            throw new RequestException("%s; there is no %s in which to make it (CREATE NAMESPACE %s)"
                    .formatted(name.missing("write").getMessage(), whole.substring(0, dot), whole.substring(0, dot)));
        }
    }

    /** The value of a property; empty if the table does not have it. */
    public Optional<String> property(String key) {
        return spark.sql("SHOW TBLPROPERTIES " + name.name()).collectAsList().stream()
                .filter(row -> row.getString(0).equals(key))
                .map(row -> row.getString(1))
                .findFirst();
    }

    /** Makes it without rows; all columns may be null. */
    public void create(StructType schema, @Nullable String format) {
        spark.sql("CREATE TABLE IF NOT EXISTS %s (%s)%s"
                .formatted(name.name(), columns(List.of(schema.fields())), format == null ? "" : " USING " + format));
    }

    /** The rows that are there now. */
    public Dataset<Row> rows() {
        spark.catalog().refreshTable(name.name());
        return spark.table(name.name());
    }

    /** Adds rows, all or none; columns are matched by name, and those that the table lacks are added to it. */
    public void append(Dataset<Row> rows) {
        List<String> there = Arrays.asList(rows().columns());
        List<StructField> more = Arrays.stream(rows.schema().fields())
                .filter(field -> there.stream().noneMatch(field.name()::equalsIgnoreCase))
                .toList();
        if (!more.isEmpty()) {
            spark.sql("ALTER TABLE %s ADD COLUMNS (%s)".formatted(name.name(), columns(more)));
        }
        List<String> given = Arrays.asList(rows.columns());
        List<Column> columns = new ArrayList<>();
        for (StructField field : rows().schema().fields()) {
            columns.add(
                    given.stream().anyMatch(field.name()::equalsIgnoreCase)
                            ? rows.col(Tables.quoted(field.name()))
                            : functions.lit(null).cast(field.dataType()).as(field.name()));
        }
        rows.select(columns.toArray(Column[]::new))
                .coalesce(1)
                .write()
                .mode(SaveMode.Append)
                .insertInto(name.name());
    }

    /**
     * Replaces it, or makes it.
     *
     * @param format null: that of the table which is replaced, else Spark's default
     */
    public void replace(
            Dataset<Row> rows, @Nullable String format, List<String> folders, Map<String, String> properties)
            throws AnalysisException {
        boolean exists = exists();
        String stored =
                format != null ? format : exists ? format() : spark.conf().get("spark.sql.sources.default");
        CreateTableWriter<Row> writer = writer(rows, stored, folders, properties);
        if (!exists) {
            writer.create();
            return;
        }
        try {
            writer.replace();
        } catch (AnalysisException e) {
            if (!String.valueOf(e.getMessage()).contains("REPLACE TABLE AS SELECT")) {
                throw e;
            }
            spark.sql("DROP TABLE " + name.name()); // of plain files
            writer.create();
        }
    }

    private String format() {
        return spark.sql("DESCRIBE TABLE EXTENDED " + name.name()).collectAsList().stream()
                .filter(row -> row.getString(0).equals("Provider"))
                .map(row -> row.getString(1))
                .findFirst()
                .orElseGet(() -> spark.conf().get("spark.sql.sources.default"));
    }

    private CreateTableWriter<Row> writer(
            Dataset<Row> rows, String format, List<String> folders, Map<String, String> properties) {
        List<Column> columns =
                folders.stream().map(Tables::quoted).map(functions::col).toList();
        DataFrameWriterV2<Row> unpartitioned = rows.writeTo(name.name());
        CreateTableWriter<Row> writer = columns.isEmpty()
                ? unpartitioned
                : unpartitioned.partitionedBy(
                        columns.get(0), columns.subList(1, columns.size()).toArray(Column[]::new));
        writer = writer.using(format);
        for (Map.Entry<String, String> property : properties.entrySet()) {
            writer = writer.tableProperty(property.getKey(), property.getValue());
        }
        return writer;
    }

    private static String columns(List<StructField> fields) {
        return fields.stream()
                .map(field ->
                        Tables.quoted(field.name()) + " " + field.dataType().sql())
                .collect(Collectors.joining(", "));
    }
}
