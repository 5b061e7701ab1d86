package io.solera.select;

import io.solera.reward.molecule.Molfile;
import io.solera.score.OutputPath;
import io.solera.score.TableFormat;
import io.solera.score.TableWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** A list as a file, by its ending: structures with their numbers as SDF, sequences as FASTA, else a table. */
final class SelectionFile {
    private static final List<String> SEQUENCES = List.of(".fasta", ".fa", ".faa", ".fna");

    private final String name;
    private final Kind kind;

    /** @throws IllegalArgumentException when the ending is unknown, or not for what the run writes */
    SelectionFile(String path, Kind kind) {
        this.name = path.toLowerCase(Locale.ROOT);
        this.kind = kind;
        if (sdf() && !kind.molecules()) {
            throw new IllegalArgumentException("Invalid --output: %s (the run writes %s, and SDF holds molecules)"
                    .formatted(path, kind.input().column()));
        }
        if (fasta() && !kind.sequences()) {
            throw new IllegalArgumentException("Invalid --output: %s (the run writes %s, and FASTA holds proteins or DNA)"
                    .formatted(path, kind.input().column()));
        }
        if (!sdf() && !fasta() && TableFormat.of(path) == TableFormat.SMILES) {
            throw new IllegalArgumentException(
                    "Invalid --output: %s (must end in .csv, .parquet, .json, .jsonl, .sdf or .fasta)".formatted(path));
        }
    }

    private boolean sdf() {
        return name.endsWith(".sdf");
    }

    private boolean fasta() {
        return SEQUENCES.stream().anyMatch(name::endsWith);
    }

    void write(SparkSession spark, OutputPath output, StructType schema, List<Row> rows) throws IOException {
        if (!sdf() && !fasta()) {
            new TableWriter(output).write(spark.createDataFrame(rows, schema).coalesce(1));
            return;
        }
        String column = kind.input().column();
        output.write(out -> {
            Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            for (Row row : rows) {
                text.write(sdf() ? structure(schema, row, column) : sequence(schema, row, column));
            }
            text.flush();
        });
    }

    private static String structure(StructType schema, Row row, String column) {
        StringBuilder record =
                new StringBuilder(Molfile.of(row.getAs(column), "rank-" + row.<Integer>getAs("rank")));
        for (String field : schema.fieldNames()) {
            Object value = row.getAs(field);
            if (value != null) {
                record.append("> <").append(field.replaceAll("[<>\\r\\n]", "_")).append(">\n");
                record.append(line(value)).append("\n\n");
            }
        }
        return record.append("$$$$\n").toString();
    }

    private static String sequence(StructType schema, Row row, String column) {
        StringBuilder record = new StringBuilder(">rank-" + row.<Integer>getAs("rank"));
        for (String field : schema.fieldNames()) {
            Object value = row.getAs(field);
            if (value != null && !field.equals(column) && !field.equals("rank")) {
                record.append(' ').append(field).append('=').append(line(value));
            }
        }
        return record.append('\n').append(row.<String>getAs(column).replaceAll("\\s", "")).append('\n').toString();
    }

    /** A value on one line, as both formats want it. */
    private static String line(@Nullable Object value) {
        return String.valueOf(value).replaceAll("[\\r\\n]+", " ");
    }
}
