package io.solera.store.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.train.TinyRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestParquetRows {
    private static final StructType SCHEMA = new StructType()
            .add("round", DataTypes.IntegerType, false)
            .add("sample_id", DataTypes.LongType, false)
            .add("text", DataTypes.StringType, false)
            .add("prompt", DataTypes.StringType, true)
            .add("tokens", DataTypes.createArrayType(DataTypes.IntegerType, false), false)
            .add("log_probabilities", DataTypes.createArrayType(DataTypes.FloatType, false), false)
            .add("ended", DataTypes.BooleanType, false)
            .add("seconds", DataTypes.FloatType, false)
            .add("qed", DataTypes.DoubleType, true);

    @TempDir
    private Path folder;

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.add(RowFactory.create(
                1,
                7L,
                "C\u00e9\ud83e\uddea",
                null,
                new Integer[] {3, 1, 4},
                new Float[] {-0.5f, 0f, -1f},
                true,
                0.25f,
                0.5));
        rows.add(RowFactory.create(2, 8L, "", "a prompt", new Integer[0], new Float[0], false, 0f, null));
        return rows;
    }

    @Test
    void aFileIsAsSparkWritesAndReadsIt() throws IOException {
        SparkSession spark = TinyRun.spark();
        List<Row> rows = rows();
        Path file = folder.resolve("ours.parquet");
        try (OutputStream out = Files.newOutputStream(file)) {
            ParquetRows.write(out, SCHEMA, rows.iterator());
        }
        Path theirs = folder.resolve("theirs.parquet");
        spark.createDataFrame(rows, SCHEMA).coalesce(1).write().parquet(theirs.toString());
        try (var parts = Files.list(theirs)) {
            Path part = parts.filter(name -> name.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
            assertThat(types(file)).isEqualTo(types(part));
        }
        Dataset<Row> read = spark.read().parquet(file.toString());
        assertThat(read.schema())
                .isEqualTo(spark.read().parquet(theirs.toString()).schema());
        assertThat(read.collectAsList())
                .isEqualTo(spark.createDataFrame(rows, SCHEMA).collectAsList());
    }

    @Test
    void aFolderAndAFileAreReadAlike() throws IOException {
        SparkSession spark = TinyRun.spark();
        List<Row> rows = rows();
        Path file = folder.resolve("file.parquet");
        try (OutputStream out = Files.newOutputStream(file)) {
            ParquetRows.write(out, SCHEMA, rows.iterator());
        }
        Path parts = folder.resolve("folder.parquet");
        spark.createDataFrame(rows, SCHEMA).coalesce(1).write().parquet(parts.toString());
        assertThat(texts(file))
                .isEqualTo(texts(parts))
                .containsExactly("7 C\u00e9\ud83e\uddea null 0.5 true false", "8  a prompt NaN true false");
    }

    @Test
    void aNullWhereNoneMayBeIsRefused() {
        Row row = RowFactory.create(1, null, "C", null, null, null, true, 0f, 0.5);
        assertThatThrownBy(() -> ParquetRows.write(
                        new ByteArrayOutputStream(), SCHEMA, List.of(row).iterator()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot write a row: its sample_id is null");
    }

    private static List<String> texts(Path path) throws IOException {
        List<String> texts = new ArrayList<>();
        ParquetRow.each(
                new org.apache.hadoop.fs.Path(path.toString()),
                new Configuration(),
                row -> texts.add(row.whole("sample_id") + " " + row.text("text") + " " + row.text("prompt") + " "
                        + row.number("qed") + " " + row.has("qed") + " " + row.has("qed_domain")));
        return texts;
    }

    private static MessageType types(Path file) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(
                HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(file.toString()), new Configuration()))) {
            return reader.getFooter().getFileMetaData().getSchema();
        }
    }
}
