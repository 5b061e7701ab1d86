package io.solera.export;

import io.solera.cluster.Described;
import io.solera.config.export.ExportSettings;
import io.solera.store.RunFolder;
import io.solera.train.history.LatestWork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Appends the rounds of a run to tables once they are committed, in the background, for a tenth of the time at most. A
 * table that cannot be written does not end the run: its rounds are appended later, at the latest by {@link #finish}.
 */
public final class RunExport implements AutoCloseable {
    /** As a multiple of what an append took. */
    private static final int PAUSE = 9;

    private final SparkSession spark;
    private final RunFolder folder;
    private final List<ExportedTable> tables = new ArrayList<>();
    private final LatestWork appending = new LatestWork("solera-export", PAUSE, this::append);
    private boolean failing;

    private RunExport(SparkSession spark, RunFolder folder) {
        this.spark = spark;
        this.folder = folder;
    }

    /**
     * Makes the tables where there are none.
     *
     * @param settings null: there are no tables
     * @throws io.solera.problem.RequestException if a table cannot be one of rounds
     */
    public static RunExport open(SparkSession session, @Nullable ExportSettings settings, RunFolder folder) {
        SparkSession spark = session.newSession();
        // a table of the session's own catalog is of the default format, and no text table of Hive's
        spark.conf().set("spark.sql.legacy.createHiveTableByDefault", "false");
        RunExport export = new RunExport(spark, folder);
        if (settings != null) {
            export.add(settings.rollouts(), new RolloutRows(spark.sparkContext().hadoopConfiguration()), settings);
            export.add(settings.metrics(), new MetricRows(), settings);
        }
        return export;
    }

    private void add(@Nullable String name, RoundRows rows, ExportSettings settings) {
        if (name != null) {
            ExportedTable table = new ExportedTable(spark, name, rows);
            table.require(settings.format());
            tables.add(table);
        }
    }

    /** Has the rounds appended some time after they were committed. */
    public void request() {
        if (!tables.isEmpty()) {
            appending.request();
        }
    }

    /**
     * Appends what is missing.
     *
     * @throws io.solera.problem.RunException if a table cannot be written; the other one is
     */
    public void finish() throws IOException {
        close();
        RuntimeException failure = null;
        for (ExportedTable table : tables) {
            try {
                catchUp(table);
            } catch (RuntimeException e) {
                if (failure != null) {
                    e.addSuppressed(failure);
                }
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Ends the thread. */
    @Override
    public void close() {
        appending.close();
    }

    private void append() {
        boolean failed = false;
        for (ExportedTable table : tables) {
            try {
                catchUp(table);
            } catch (Exception | OutOfMemoryError e) {
                failed = true;
                if (!failing) {
                    System.err.printf("solera: %s%n", e.getMessage());
                }
            }
        }
        failing = failed;
    }

    private void catchUp(ExportedTable table) throws IOException {
        try (Described part = Described.more(spark.sparkContext(), ": " + table)) {
            table.catchUp(folder);
        }
    }
}
