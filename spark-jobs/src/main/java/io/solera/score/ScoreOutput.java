package io.solera.score;

import io.solera.table.TableFormat;
import io.solera.table.TableName;
import io.solera.table.Tables;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Where a scored table goes: a file, a folder of parts in any format, or a table of a catalog. */
public final class ScoreOutput {
    private static final String ABOUT = "_solera";

    private final SparkSession spark;
    private final TableName name;
    private final @Nullable OutputPath path;
    private final List<String> folders;

    private ScoreOutput(SparkSession spark, TableName name, @Nullable OutputPath path, List<String> folders) {
        this.spark = spark;
        this.name = name;
        this.path = path;
        this.folders = List.copyOf(folders);
    }

    /**
     * @param folders columns that become folders, {@code name=value}
     * @throws IllegalArgumentException when nothing can be written there
     */
    public static ScoreOutput of(SparkSession spark, TableName name, List<String> folders) throws IOException {
        if (name.byEnding() && TableFormat.of(name.text()) == TableFormat.SMILES) {
            throw new IllegalArgumentException(
                    "Invalid output: %s (must end in .csv, .tsv, .parquet, .orc, .avro, .json, .jsonl, .sdf or .fasta)"
                            .formatted(name));
        }
        Configuration configuration = spark.sparkContext().hadoopConfiguration();
        Tables.requireFormat(spark, name);
        OutputPath path = name.catalogued() ? null : OutputPath.of(name.text(), configuration, true);
        return new ScoreOutput(spark, name, path, folders);
    }

    /** @throws IllegalArgumentException when something is there already */
    public void requireNew() throws IOException {
        if (exists()) {
            throw new IllegalArgumentException(
                    "Cannot write %s: it exists (give another --output, or --overwrite)".formatted(name));
        }
    }

    boolean exists() throws IOException {
        return path == null
                ? spark.catalog().tableExists(name.name())
                : path.files().exists(path.path());
    }

    /** @throws IllegalArgumentException when it would be written over what is read */
    public void requireOther(TableName input) throws IOException {
        boolean same = path == null
                ? input.text().equals(name.text())
                : !input.catalogued()
                        && path.isSameAs(input.text(), spark.sparkContext().hadoopConfiguration());
        if (same) {
            throw new IllegalArgumentException("Cannot write %s: it is the input".formatted(name));
        }
    }

    /** @throws IllegalArgumentException when the table has no column for a folder */
    void requireFolders(ScoreInput input) {
        for (String folder : folders) {
            if (!Arrays.asList(input.table().columns()).contains(folder)) {
                throw new IllegalArgumentException("Cannot write %s: the input has no column %s (its columns are %s)"
                        .formatted(name, folder, String.join(", ", input.table().columns())));
            }
        }
    }

    /** The folder of the job that writes it: beside it, or in the warehouse of the catalog. */
    ScoreFolder work() throws IOException {
        Path beside = path == null ? new Path(spark.conf().get("spark.sql.warehouse.dir"), name.name()) : path.path();
        return ScoreFolder.of(
                new Path(beside.getParent(), beside.getName() + ".solera"),
                spark.sparkContext().hadoopConfiguration());
    }

    /** Whether it is one file, with the rows in the order of the input. */
    boolean ordered() {
        return path != null && name.oneFile(path.local()) && folders.isEmpty();
    }

    /** Writes the table; a folder also gets the plan and the summary, in {@code _solera}. */
    void publish(Dataset<Row> scored, ScoreFolder work, ScorePlan plan, String summary) throws IOException {
        if (path != null && name.parquet() && folders.isEmpty()) {
            work.tidy();
            about(work, work.parts(), plan, summary);
            work.write(new Path(work.parts(), "_SUCCESS"), "");
            path.files().delete(path.path(), true);
            if (!path.files().rename(work.parts(), path.path())) {
                throw new IOException("Cannot write %s: the file system refuses to rename".formatted(name));
            }
        } else {
            write(scored);
            if (path != null && path.files().getFileStatus(path.path()).isDirectory()) {
                about(work, path.path(), plan, summary);
            }
        }
    }

    /** The plan of the job that wrote what is there; null when that is not known. */
    @Nullable
    ScorePlan plan() throws IOException {
        return path == null
                ? null
                : ScoreFolder.of(
                                new Path(path.path(), ABOUT),
                                spark.sparkContext().hadoopConfiguration())
                        .plan()
                        .orElse(null);
    }

    private static void about(ScoreFolder work, Path folder, ScorePlan plan, String summary) throws IOException {
        work.write(new Path(folder, ABOUT + "/summary.json"), summary);
        work.write(new Path(folder, ABOUT + "/plan"), plan.text());
    }

    /** Writes a table in place of what is there; one that knows the order of its rows comes in it. */
    void write(Dataset<Row> table) throws IOException {
        boolean placed = Arrays.asList(table.columns()).contains(ScoredRows.ORDER);
        Dataset<Row> rows = placed ? table.orderBy(ScoredRows.ORDER).drop(ScoredRows.ORDER) : table;
        if (path != null && name.byEnding()) {
            new TableWriter(path).write(rows, folders);
            return;
        }
        DataFrameWriter<Row> writer = rows.write().mode(SaveMode.Overwrite).partitionBy(folders.toArray(String[]::new));
        if (name.format() != null) {
            writer = writer.format(name.format());
        }
        if (path == null) {
            writer.saveAsTable(name.name());
        } else {
            writer.save(path.toString());
        }
    }

    @Override
    public String toString() {
        return name.text();
    }
}
