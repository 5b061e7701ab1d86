package io.solera.score;

import io.solera.lang.Excerpt;
import io.solera.problem.RequestException;
import io.solera.store.storage.StoragePath;
import io.solera.table.TableName;
import io.solera.table.Tables;
import io.solera.table.file.TableFormat;
import io.solera.table.output.CatalogTable;
import io.solera.table.output.Mark;
import io.solera.table.output.OutputPath;
import io.solera.table.output.TableWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** The output of a scored table: a file, a folder of parts in any format, or a table of a catalog. */
public final class ScoreOutput {
    private static final String ABOUT = "_solera";
    private static final String COMMAND = "score";
    /** For a catalog table: the property that names the command that wrote it. */
    private static final String WRITTEN_BY = "solera.written-by";

    private static final String WRITER = "solera " + COMMAND;
    /** The same for the job whose result it is. */
    private static final String JOB = "solera.job";
    /** Formats of plain files, which Spark adds to a folder; other formats have their own way of replacing. */
    private static final Set<String> FILES = Set.of("parquet", "orc", "csv", "json", "text", "avro");

    private final SparkSession spark;
    private final TableName name;
    private final @Nullable OutputPath path;
    private final CatalogTable table;
    private final List<String> folders;

    private ScoreOutput(SparkSession spark, TableName name, @Nullable OutputPath path, List<String> folders) {
        this.spark = spark;
        this.name = name;
        this.path = path;
        table = new CatalogTable(spark, name);
        this.folders = List.copyOf(folders);
    }

    /**
     * @param folders columns that become folders, {@code name=value}
     * @throws IllegalArgumentException if nothing can be written there
     */
    public static ScoreOutput of(SparkSession spark, TableName name, List<String> folders) throws IOException {
        if (name.byEnding() && TableFormat.of(name.text()) == TableFormat.SMILES) {
            throw new RequestException(
                    "Invalid output: %s (must end in .csv, .tsv, .parquet, .orc, .avro, .json, .jsonl, .sdf or .fasta)"
                            .formatted(name));
        }
        Configuration configuration = spark.sparkContext().hadoopConfiguration();
        Tables.requireFormat(spark, name);
        OutputPath path = name.catalogued() ? null : OutputPath.unchecked(name.text(), configuration, COMMAND, true);
        return new ScoreOutput(spark, name, path, folders);
    }

    /** @throws IllegalArgumentException if something already exists there */
    public void requireNew() throws IOException {
        requireReplaceable(false);
    }

    /** @throws IllegalArgumentException if something exists there that this command did not write */
    public void requireOwn() throws IOException {
        requireReplaceable(true);
    }

    private void requireReplaceable(boolean overwrite) throws IOException {
        if (path != null) {
            path.requireReplaceable(overwrite);
        } else if (!table.exists()) {
            table.requireNamespace();
        } else {
            if (!table.property(WRITTEN_BY).equals(Optional.of(WRITER))) {
                throw new RequestException(
                        ("Cannot write %s: it exists, and solera %s did not write it (give another --output, or drop "
                                        + "it yourself)")
                                .formatted(name, COMMAND));
            }
            if (!overwrite) {
                throw new RequestException(
                        "Cannot write %s: it exists (give another --output, or --overwrite)".formatted(name));
            }
        }
    }

    /** @throws IllegalArgumentException if it would overwrite an input, or a folder that contains one */
    public void requireOther(TableName input) throws IOException {
        if (input.isSame(name)) {
            throw new RequestException("Cannot write %s: it is the input".formatted(name));
        }
        if (!input.catalogued()) {
            requireApart(List.of(input.text()));
        }
    }

    /** The same for files by name. */
    public void requireApart(Collection<String> files) throws IOException {
        Configuration configuration = spark.sparkContext().hadoopConfiguration();
        if (path != null) {
            path.requireApart(files, configuration);
            OutputPath.unchecked(work().toString(), configuration, COMMAND, true)
                    .requireApart(files, configuration);
        }
    }

    /** @throws IllegalArgumentException if the table lacks a column for a folder */
    void requireFolders(ScoreInput input) {
        for (String folder : folders) {
            if (!Arrays.asList(input.table().columns()).contains(folder)) {
                throw new RequestException("Cannot write %s: the input has no column %s (its columns are %s)"
                        .formatted(name, folder, String.join(", ", input.table().columns())));
            }
        }
    }

    /** The folder of the job that writes it: next to it, or in the warehouse of the catalog. */
    ScoreFolder work() throws IOException {
        Path target = path == null
                ? StoragePath.child(new Path(spark.conf().get("spark.sql.warehouse.dir")), name.name())
                : path.path();
        return ScoreFolder.of(
                StoragePath.child(target.getParent(), target.getName() + ".solera"),
                spark.sparkContext().hadoopConfiguration());
    }

    /** Whether it is a single file, with the rows in the order of the input. */
    boolean ordered() {
        return path != null && name.oneFile(path.local()) && folders.isEmpty();
    }

    /** Writes the table; a folder also gets the plan and the summary, in {@code _solera}. */
    void publish(Dataset<Row> scored, ScoreFolder work, ScorePlan plan, ScoreSummary summary) throws IOException {
        if (path != null && name.parquet() && folders.isEmpty()) {
            work.tidy();
            about(work, work.parts(), plan, summary);
            work.write(new Path(work.parts(), "_SUCCESS"), "");
            Mark.finishedFolder(COMMAND, path.files(), work.parts()).write(path.files(), Mark.ofFolder(work.parts()));
            path.clear();
            if (!path.files().rename(work.parts(), path.path())) {
                throw new IOException("Cannot write %s: the file system refuses to rename".formatted(name));
            }
        } else {
            write(scored, plan.hash());
            if (path != null && path.files().getFileStatus(path.path()).isDirectory()) {
                about(work, path.path(), plan, summary);
                path.finish();
            }
        }
    }

    /** Whether the existing output is the result of this job, as far as that is known. */
    boolean isOf(Map<String, String> identity) throws IOException {
        if (path == null) {
            return table.exists() && table.property(JOB).equals(Optional.of(ScorePlan.hash(identity)));
        }
        return ScoreFolder.of(new Path(path.path(), ABOUT), spark.sparkContext().hadoopConfiguration())
                .plan()
                .filter(plan -> plan.difference(identity).isEmpty())
                .isPresent();
    }

    private static void about(ScoreFolder work, Path folder, ScorePlan plan, ScoreSummary summary) throws IOException {
        work.write(new Path(folder, ABOUT + "/summary.json"), summary.json());
        work.write(new Path(folder, ABOUT + "/plan"), plan.text());
    }

    /**
     * Replaces the output with a table; its rows are sorted if it has row numbers.
     *
     * @param job whose result it is
     */
    void write(Dataset<Row> scored, String job) throws IOException {
        boolean placed = Arrays.asList(scored.columns()).contains(ScoredRows.ORDER);
        Dataset<Row> rows = placed ? scored.orderBy(ScoredRows.ORDER).drop(ScoredRows.ORDER) : scored;
        if (path != null && name.byEnding()) {
            new TableWriter(path).write(rows, folders);
            return;
        }
        requireOwn();
        if (path == null) {
            replaceTable(rows, job);
            return;
        }
        DataFrameWriter<Row> writer = rows.write().mode(SaveMode.Overwrite).partitionBy(folders.toArray(String[]::new));
        if (name.format() != null) {
            writer = writer.format(name.format());
        }
        if (FILES.contains(name.format())) {
            path.begin();
            writer = writer.mode(SaveMode.Append);
        }
        writer.save(path.toString());
        path.finish();
    }

    private void replaceTable(Dataset<Row> rows, String job) throws IOException {
        try {
            table.replace(rows, name.format(), folders, Map.of(WRITTEN_BY, WRITER, JOB, job));
        } catch (AnalysisException e) {
            String wayOut = table.exists()
                    ? " (the table is as it was: drop it, and use --resume, which keeps what is scored)"
                    : "";
            throw new RequestException(
                    "Cannot write %s: %s%s"
                            .formatted(name, Excerpt.ofFirstLine(String.valueOf(e.getMessage()), 300), wayOut),
                    e);
        }
    }

    @Override
    public String toString() {
        return name.text();
    }
}
