package io.solera.table.output;

import io.solera.table.Tables;
import io.solera.table.file.TableFormat;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Writes a table by the ending of its name. Text on a local disk is one file with the rows in their order, which the driver
 * writes; all else is a folder of parts.
 */
public final class TableWriter {
    private final OutputPath output;
    private final TableFormat format;

    /** @throws IllegalArgumentException when the ending is not known */
    public TableWriter(OutputPath output) {
        this.output = output;
        this.format = TableFormat.of(output.name());
    }

    /** @param table computed once per call: persist what is dear */
    public void write(Dataset<Row> table) throws IOException {
        write(table, List.of());
    }

    /** @param folders columns that become folders, {@code name=value}, rather than cells */
    public void write(Dataset<Row> table, List<String> folders) throws IOException {
        boolean text = format.writtenAsText();
        Dataset<Row> cells = text ? texts(table) : table;
        RecordText records = format == TableFormat.SDF || format == TableFormat.FASTA
                ? RecordText.of(format, output.name(), List.of(cells.columns()))
                : null;
        boolean packedByDriver = !TableFormat.compressed(output.name()) || TableFormat.gzip(output.name());
        if (text && output.local() && folders.isEmpty() && packedByDriver) {
            output.write(out -> writeFile(cells, records, out));
            return;
        }
        if (records != null && !folders.isEmpty()) {
            throw new IllegalArgumentException(
                    "Cannot write %s: columns cannot be folders of it (leave --partition-by, or write .csv or .parquet)"
                            .formatted(output.name()));
        }
        output.begin();
        DataFrameWriter<Row> writer = (records == null ? cells : recordTexts(cells, records))
                .write()
                .mode(SaveMode.Append)
                .partitionBy(folders.toArray(String[]::new));
        if (TableFormat.compressed(output.name())) {
            writer = writer.option("compression", TableFormat.gzip(output.name()) ? "gzip" : "bzip2");
        }
        switch (format) {
            case CSV ->
                writer.option("header", "true")
                        .option("sep", String.valueOf(TableFormat.separator(output.name())))
                        .option("escape", "\"")
                        .option("ignoreLeadingWhiteSpace", "false")
                        .option("ignoreTrailingWhiteSpace", "false")
                        .csv(output.toString());
            case PARQUET -> writer.parquet(output.toString());
            case ORC -> writer.orc(output.toString());
            case AVRO -> writer.format("avro").save(output.toString());
            case JSON -> writer.option("ignoreNullFields", "false").json(output.toString());
            case SMILES, SDF, FASTA -> writer.text(output.toString());
        }
        output.finish();
    }

    private static Dataset<Row> recordTexts(Dataset<Row> cells, RecordText records) {
        return cells.map((MapFunction<Row, String>) records::of, Encoders.STRING())
                .toDF();
    }

    private void writeFile(Dataset<Row> cells, @Nullable RecordText records, OutputStream file) throws IOException {
        OutputStream out = TableFormat.gzip(output.name()) ? new GZIPOutputStream(file, 1 << 16) : file;
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        char separator = TableFormat.separator(output.name());
        if (format == TableFormat.CSV) {
            CsvLine.write(writer, List.of(cells.columns()), separator);
        }
        Iterator<Row> rows = cells.toLocalIterator();
        while (rows.hasNext()) {
            Row row = rows.next();
            if (format == TableFormat.CSV) {
                CsvLine.write(writer, row, separator);
            } else {
                writer.append(records == null ? row.getString(0) : records.of(row))
                        .append('\n');
            }
        }
        writer.flush();
        if (out instanceof GZIPOutputStream zip) {
            zip.finish();
        }
    }

    /** The cells as text, nested ones as JSON. */
    private static Dataset<Row> texts(Dataset<Row> table) {
        return table.select(Arrays.stream(table.schema().fields())
                .map(field -> text(table.col(Tables.quoted(field.name())), field))
                .toArray(Column[]::new));
    }

    private static Column text(Column column, StructField field) {
        DataType type = field.dataType();
        boolean nested = type instanceof StructType || type instanceof ArrayType || type instanceof MapType;
        return (nested ? functions.to_json(column) : column.cast("string")).as(field.name());
    }
}
