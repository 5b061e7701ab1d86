package io.solera.score;

import io.solera.train.EmptyTableException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.DataSource;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** Reads tables from any Hadoop file system, by the ending of their names. */
public final class Tables {
    /** The column of a file that holds nothing but SMILES. */
    public static final String SMILES = "smiles";

    /** What no cell holds: an empty cell is missing, a pair of quotes is an empty text. */
    private static final String NO_TEXT = "\0";

    /** After these, Spark's messages show the row. */
    private static final List<String> MALFORMED = List.of("Malformed CSV record: ", "record parsing: ");

    private Tables() {}

    /**
     * All columns in their order; those of CSV as strings, unchanged.
     *
     * @throws FileNotFoundException when there is no such file
     * @throws IllegalArgumentException when the ending is not known, or the file is not what it says
     */
    public static Dataset<Row> read(SparkSession spark, String path) throws IOException {
        return read(spark, new TableName(path, null));
    }

    /**
     * All columns of a table, of whatever kind.
     *
     * @throws FileNotFoundException when there is no such file
     * @throws IllegalArgumentException when there is no such table or format, or it is not what it says
     */
    public static Dataset<Row> read(SparkSession spark, TableName table) throws IOException {
        String path = table.text();
        if (table.catalogued()) {
            if (!spark.catalog().tableExists(table.name())) {
                throw new IllegalArgumentException("Cannot read %s: the catalog has no such table".formatted(path));
            }
            return spark.table(table.name());
        }
        requireFile(spark, path);
        try {
            if (table.format() != null) {
                return spark.read().format(table.format()).load(path);
            }
            return switch (TableFormat.of(path)) {
                case CSV ->
                    spark.read()
                            .option("header", "true")
                            .option("multiLine", "true")
                            .option("escape", "\"")
                            .option("nullValue", NO_TEXT)
                            .option("mode", "FAILFAST")
                            .csv(path);
                case PARQUET -> spark.read().parquet(path);
                case ORC -> spark.read().orc(path);
                case AVRO -> spark.read().format("avro").load(path);
                case JSON -> ordered(spark, path);
                case SMILES ->
                    spark.read()
                            .text(path)
                            .selectExpr("split(trim(value), '[ \\t]')[0] as " + SMILES)
                            .filter(SMILES + " != ''");
            };
        } catch (Exception e) {
            if (unknownFormat(e)) {
                throw new IllegalArgumentException(noFormat("read", table), e);
            }
            if (unreadable(path, e) instanceof MalformedTableException malformed) {
                throw malformed;
            }
            throw e;
        }
    }

    /** The texts of a column, without missing and empty ones; of a file of SMILES its only one, whatever it is called. */
    public static Dataset<String> texts(SparkSession spark, String path, String column) throws IOException {
        Dataset<Row> table = read(spark, path);
        int place = TableFormat.of(path) == TableFormat.SMILES ? 0 : place(table, path, column);
        Column texts = table.col(quoted(table.columns()[place]));
        return table.filter(texts.notEqual("")).select(texts).as(Encoders.STRING());
    }

    /** @throws EmptyTableException when there are none */
    public static List<String> textList(SparkSession spark, String path, String column) throws IOException {
        List<String> texts = texts(spark, path, column).collectAsList();
        if (texts.isEmpty()) {
            throw empty(path);
        }
        return texts;
    }

    static EmptyTableException empty(String path) {
        return new EmptyTableException("Cannot read %s: it holds no rows".formatted(path));
    }

    /**
     * Where a column of strings stands.
     *
     * @throws IllegalArgumentException naming the columns that there are
     */
    static int place(Dataset<Row> table, String path, String column) {
        int place = Arrays.asList(table.columns()).indexOf(column);
        if (place < 0) {
            throw new IllegalArgumentException(
                    "Cannot read %s: it has no column %s (its columns are %s; name one with --column)"
                            .formatted(path, column, String.join(", ", table.columns())));
        }
        if (!table.schema().fields()[place].dataType().equals(DataTypes.StringType)) {
            throw new IllegalArgumentException("Cannot read %s: column %s holds no text (its type is %s)"
                    .formatted(
                            path,
                            column,
                            table.schema().fields()[place].dataType().simpleString()));
        }
        return place;
    }

    /** What is wrong with a table, when Spark found it while reading rows; else the problem as it is. */
    public static Exception unreadable(String path, Exception problem) {
        for (String mark : MALFORMED) {
            for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
                String message = String.valueOf(cause.getMessage());
                if (message.contains(mark)) {
                    return malformed(
                            path,
                            "a row does not fit the columns (%s)"
                                    .formatted(firstLine(message, message.indexOf(mark) + mark.length())),
                            problem);
                }
            }
        }
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.contains("is not a Parquet file")) {
                return malformed(path, "it is no Parquet file", problem);
            }
            if (cause instanceof AnalysisException) {
                return malformed(path, message, problem);
            }
        }
        return problem;
    }

    private static MalformedTableException malformed(String path, String message, Exception problem) {
        return new MalformedTableException("Cannot read %s: %s".formatted(path, firstLine(message, 0)), problem);
    }

    /** @throws IllegalArgumentException when Spark cannot write the format of a table */
    static void requireFormat(SparkSession spark, TableName table) {
        String format = format(table);
        if (format.isEmpty()) {
            return;
        }
        try {
            DataSource.lookupDataSource(format, spark.sessionState().conf());
        } catch (Exception e) {
            if (unknownFormat(e)) {
                throw new IllegalArgumentException(noFormat("write", table));
            }
            throw e;
        }
    }

    /** The name of the format of a table, empty for that of a catalog's. */
    private static String format(TableName table) {
        if (table.format() != null) {
            return table.format();
        }
        if (!table.byEnding()) {
            return "";
        }
        TableFormat format = TableFormat.of(table.text());
        return format == TableFormat.SMILES ? "text" : format.name().toLowerCase(Locale.ROOT);
    }

    /** Whether Spark has no such format. */
    private static boolean unknownFormat(Exception problem) {
        return problem instanceof ClassNotFoundException
                || String.valueOf(problem.getMessage()).contains("Failed to find data source: ")
                || String.valueOf(problem.getMessage()).contains("DATA_SOURCE_NOT_FOUND");
    }

    private static String noFormat(String verb, TableName table) {
        return "Cannot %s %s: Spark has no format %s (put its package on the class path: spark-submit --packages)"
                .formatted(verb, table.text(), format(table));
    }

    /** A column's name as SQL reads it, whatever characters it has. */
    public static String quoted(String column) {
        return "`" + column.replace("`", "``") + "`";
    }

    private static String firstLine(String message, int begin) {
        String line = message.substring(begin).lines().findFirst().orElse("");
        return line.length() <= 200 ? line : line.substring(0, 200) + "...";
    }

    private static void requireFile(SparkSession spark, String path) throws IOException {
        Path file = new Path(path);
        FileStatus[] found =
                file.getFileSystem(spark.sparkContext().hadoopConfiguration()).globStatus(file);
        if (found == null || found.length == 0) {
            throw new FileNotFoundException("Cannot read %s: there is no such file".formatted(path));
        }
    }

    /** Spark sorts the keys of JSON objects; here they come as in the first object, and later ones after them. */
    private static Dataset<Row> ordered(SparkSession spark, String path) {
        Dataset<Row> table = spark.read().option("mode", "FAILFAST").json(path);
        List<String> first = new ArrayList<>();
        spark.read()
                .text(path)
                .filter("trim(value) != ''")
                .limit(1)
                .select(functions.expr("json_object_keys(value)"))
                .collectAsList()
                .forEach(row -> {
                    if (!row.isNullAt(0)) {
                        first.addAll(row.getList(0));
                    }
                });
        List<String> names = new ArrayList<>(first);
        names.retainAll(Arrays.asList(table.columns()));
        for (String name : table.columns()) {
            if (!names.contains(name)) {
                names.add(name);
            }
        }
        return table.select(names.stream().map(name -> table.col(quoted(name))).toArray(Column[]::new));
    }
}
