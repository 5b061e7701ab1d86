package io.solera.table;

import io.solera.cluster.Described;
import io.solera.lang.Excerpt;
import io.solera.problem.RequestException;
import io.solera.store.storage.StoragePath;
import io.solera.table.file.EmptyTableException;
import io.solera.table.file.MalformedTableException;
import io.solera.table.file.Piece;
import io.solera.table.file.TableFile;
import io.solera.table.file.TableFormat;
import io.solera.table.file.TextOptions;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.DataSource;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Reads tables from any Hadoop file system, by the extension of their names. */
public final class Tables {
    /** The column name for a file of only SMILES. */
    public static final String SMILES = "smiles";

    private Tables() {}

    /**
     * All columns in their order; those of CSV as strings, unchanged.
     *
     * @throws FileNotFoundException if there is no such file
     * @throws IllegalArgumentException if the extension is not known, or does not match the file
     */
    public static Dataset<Row> read(SparkSession spark, String path) throws IOException {
        return read(spark, new TableName(path, null));
    }

    /**
     * All columns of a table of any kind.
     *
     * @throws FileNotFoundException if there is no such file
     * @throws IllegalArgumentException if there is no such table or format
     * @throws MalformedTableException if it does not have that format, as far as this is detected before its rows are
     *     read
     */
    public static Dataset<Row> read(SparkSession spark, TableName table) throws IOException {
        return read(spark, table, Piece.LENGTH);
    }

    /** @param length of the pieces of large text files */
    public static Dataset<Row> read(SparkSession spark, TableName table, long length) throws IOException {
        String path = table.text();
        if (table.catalogued()) {
            if (!spark.catalog().tableExists(table.name())) {
                throw table.missing("read");
            }
            return spark.table(table.name());
        }
        List<TableFile> files = TableFile.list(path, spark.sparkContext().hadoopConfiguration());
        try {
            Optional<TableFormat> format =
                    table.format() == null ? Optional.of(TableFormat.of(path)) : TableFormat.named(table.format());
            if (format.isEmpty()) {
                // formats that store more than rows in a folder list it themselves
                return spark.read()
                        .format(String.valueOf(table.format()))
                        .load(StoragePath.of(path).toString());
            }
            if (files.isEmpty()) {
                throw empty(path);
            }
            return read(spark, format.get(), path, files, table.options(), length);
        } catch (Exception e) {
            if (unknownFormat(e)) {
                throw new RequestException(noFormat("read", table), e);
            }
            Throwable problem = TableProblem.of(e);
            if (problem instanceof MalformedTableException malformed) {
                throw malformed;
            }
            if (e instanceof AnalysisException) {
                throw new MalformedTableException(
                        "Cannot read %s: %s".formatted(path, Excerpt.ofFirstLine(String.valueOf(e.getMessage()), 200)),
                        e);
            }
            throw e;
        }
    }

    private static Dataset<Row> read(
            SparkSession spark,
            TableFormat format,
            String path,
            List<TableFile> files,
            TextOptions options,
            long length)
            throws IOException {
        return switch (format) {
            case CSV -> CsvTable.read(spark, files, options, length);
            case SMILES -> SmilesTable.read(spark, files, options, length);
            case FASTA -> FastaTable.read(spark, path, files, options, length);
            case SDF -> SdfTable.read(spark, files, options, length);
            case JSON -> JsonTable.read(spark, path, files, options, length);
            case PARQUET -> ParquetTable.read(spark, path, files, reader(spark, files));
            case ORC -> reader(spark, files).option("mergeSchema", "true").orc(roots(spark, path));
            case AVRO -> reader(spark, files).format("avro").load(roots(spark, path));
        };
    }

    /** For files that Spark lists again: folder values are texts, and paths are literal. */
    private static DataFrameReader reader(SparkSession spark, List<TableFile> files) {
        spark.conf().set("spark.sql.sources.partitionColumnTypeInference.enabled", "false");
        DataFrameReader reader = spark.read().option("__globPaths__", "false");
        boolean named = files.stream().anyMatch(file -> !file.folders().isEmpty());
        return named ? reader : reader.option("recursiveFileLookup", "true");
    }

    private static String[] roots(SparkSession spark, String path) throws IOException {
        return TableFile.roots(path, spark.sparkContext().hadoopConfiguration()).stream()
                .map(Path::toString)
                .toArray(String[]::new);
    }

    /** The files of a table. */
    public static List<Path> files(TableName table, Dataset<Row> rows, Configuration configuration) throws IOException {
        if (!table.catalogued()
                && (table.format() == null || TableFormat.named(table.format()).isPresent())) {
            return TableFile.list(table.text(), configuration).stream()
                    .map(file -> new Path(file.path()))
                    .toList();
        }
        return Arrays.stream(rows.inputFiles())
                .sorted()
                .map(name -> new Path(URI.create(name)))
                .toList();
    }

    /** A schema of texts. */
    static StructType texts(List<String> columns) {
        StructType schema = new StructType();
        for (String column : columns) {
            schema = schema.add(column, DataTypes.StringType, true);
        }
        return schema;
    }

    /**
     * The texts of a column, without missing and empty ones; for files of SMILES or sequences, these, whatever the
     * column name.
     */
    public static Dataset<String> texts(SparkSession spark, TableName name, String column) throws IOException {
        Dataset<Row> table = read(spark, name);
        if (table.columns().length == 0) {
            throw empty(name.text());
        }
        TableFormat format = name.byEnding() ? TableFormat.of(name.text()) : TableFormat.CSV;
        int place =
                format == TableFormat.SMILES ? 0 : format == TableFormat.FASTA ? 1 : place(table, name.text(), column);
        Column texts = table.col(quoted(table.columns()[place]));
        return table.filter(texts.notEqual("")).select(texts).as(Encoders.STRING());
    }

    /** @throws EmptyTableException if there are none */
    public static List<String> textList(SparkSession spark, TableName name, String column) throws IOException {
        List<String> texts = Described.more(
                spark.sparkContext(),
                ": reading " + name.text(),
                () -> texts(spark, name, column).collectAsList());
        if (texts.isEmpty()) {
            throw empty(name.text());
        }
        return texts;
    }

    public static EmptyTableException empty(String path) {
        return new EmptyTableException("Cannot read %s: it has no rows".formatted(path));
    }

    /**
     * Index of a column of strings.
     *
     * @throws IllegalArgumentException listing the columns
     */
    public static int place(Dataset<Row> table, String path, String column) {
        int place = Arrays.asList(table.columns()).indexOf(column);
        if (place < 0) {
            throw new RequestException(
                    "Cannot read %s: it has no column %s (its columns are %s; name one with --column)"
                            .formatted(path, column, String.join(", ", table.columns())));
        }
        if (!table.schema().fields()[place].dataType().equals(DataTypes.StringType)) {
            throw new RequestException("Cannot read %s: column %s does not contain text (its type is %s)"
                    .formatted(
                            path,
                            column,
                            table.schema().fields()[place].dataType().simpleString()));
        }
        return place;
    }

    /** @throws IllegalArgumentException if Spark cannot write the format of a table */
    public static void requireFormat(SparkSession spark, TableName table) {
        String format = format(table);
        if (format.isEmpty()) {
            return;
        }
        try {
            DataSource.lookupDataSource(format, spark.sessionState().conf());
        } catch (Exception e) {
            if (unknownFormat(e)) {
                throw new RequestException(noFormat("write", table));
            }
            throw e;
        }
    }

    /** The name of a table's format; empty for a catalog table. */
    private static String format(TableName table) {
        if (table.format() != null) {
            return table.format();
        }
        if (!table.byEnding()) {
            return "";
        }
        TableFormat format = TableFormat.of(table.text());
        return switch (format) {
            case SMILES, SDF, FASTA -> "text";
            default -> format.name().toLowerCase(Locale.ROOT);
        };
    }

    /** Whether Spark does not have such a format. */
    private static boolean unknownFormat(Exception problem) {
        return problem instanceof ClassNotFoundException
                || String.valueOf(problem.getMessage()).contains("Failed to find data source: ")
                || String.valueOf(problem.getMessage()).contains("DATA_SOURCE_NOT_FOUND");
    }

    private static String noFormat(String verb, TableName table) {
        return "Cannot %s %s: Spark has no format %s (put its package on the class path: spark-submit --packages)"
                .formatted(verb, table.text(), format(table));
    }

    /** A column's name quoted for SQL. */
    public static String quoted(String column) {
        return "`" + column.replace("`", "``") + "`";
    }
}
