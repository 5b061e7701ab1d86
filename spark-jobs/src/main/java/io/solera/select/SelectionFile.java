package io.solera.select;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;

import io.solera.table.file.TableFormat;
import io.solera.table.output.OutputPath;
import io.solera.table.output.TableWriter;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** A list as a file, by its ending: structures with their numbers as SDF, sequences as FASTA, else a table. */
final class SelectionFile {
    private final TableFormat format;

    /** @throws IllegalArgumentException when the ending is unknown, or not for what the run writes */
    SelectionFile(String path, Kind kind) {
        this.format = TableFormat.of(path);
        String why = switch (format) {
            case SDF -> kind.molecules() ? "" : "SDF holds molecules";
            case FASTA -> kind.sequences() ? "" : "FASTA holds proteins or DNA";
            case SMILES -> "it has no place for rewards: end it in .csv, .parquet, .json, .sdf or .fasta";
            default -> "";
        };
        if (!why.isEmpty()) {
            throw new IllegalArgumentException("Invalid --output: %s (the run writes %s, and %s)"
                    .formatted(path, kind.input().column(), why));
        }
    }

    void write(SparkSession spark, OutputPath output, StructType schema, List<Row> rows) throws IOException {
        Dataset<Row> list = spark.createDataFrame(rows, schema).coalesce(1);
        boolean records = format == TableFormat.SDF || format == TableFormat.FASTA;
        new TableWriter(output).write(records ? list.withColumn("name", concat(lit("rank-"), col("rank"))) : list);
    }
}
