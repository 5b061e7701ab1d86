package io.solera.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.solera.config.export.ExportSettings;
import io.solera.problem.RequestException;
import io.solera.problem.RunException;
import io.solera.store.CommittedRound;
import io.solera.store.RoundWriter;
import io.solera.store.RunFolder;
import io.solera.store.parquet.ParquetRows;
import io.solera.train.TinyRun;
import io.solera.train.rollout.SampleColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rounds in tables of Spark's own catalog; deploy/tables-check.sh does the same with Delta and Iceberg. */
class TestRunExport {
    private static final String ROLLOUTS = "exported.rollouts";
    private static final String METRICS = "exported.metrics";
    private static final ExportSettings BOTH = new ExportSettings(ROLLOUTS, METRICS, null);

    private final SparkSession spark = TinyRun.spark();

    @TempDir
    private Path folder;

    @BeforeEach
    void namespace() {
        spark.sql("CREATE DATABASE exported LOCATION '%s'".formatted(folder.resolve("warehouse")));
    }

    @AfterEach
    void noNamespace() {
        spark.sql("DROP DATABASE exported CASCADE");
    }

    private RunFolder open(String name) throws IOException {
        return RunFolder.open(
                folder.resolve(name).toString(), spark.sparkContext().hadoopConfiguration(), "job: 1\n", job -> job);
    }

    /** A round with two samples. */
    private static void commit(RunFolder run, int number, String reward) throws IOException {
        RoundWriter writer = run.begin(number);
        StructType schema = SampleColumns.trained(List.of(reward), List.of(reward), false);
        List<Row> rows = new ArrayList<>();
        for (long id = 0; id < 2; id++) {
            Integer[] tokens = {1, 2};
            rows.add(RowFactory.create(
                    number,
                    reward,
                    1,
                    id,
                    "CCO",
                    0,
                    null,
                    tokens,
                    tokens,
                    new Float[] {-1f, -2f},
                    true,
                    0.1f,
                    0.5,
                    0.75,
                    "ok",
                    0.2f,
                    1.5));
        }
        if (number == 0) {
            writer.write("prompts.json", "{}");
        } else {
            writer.create("rollouts.parquet", out -> ParquetRows.write(out, schema, rows.iterator()));
        }
        String steps =
                number == 0 ? "" : "\"steps\": [{\"learner\": \"%s\", \"step\": 1, \"loss\": 0.25}],".formatted(reward);
        JsonObject metrics = JsonParser.parseString(("{\"round\": %d, %s \"blend\": {\"alpha\": [0.5, null]},"
                                + " \"warnings\": [\"slow\"], \"seconds\": 2}")
                        .formatted(number, steps))
                .getAsJsonObject();
        writer.commit(metrics);
    }

    private void export(RunFolder run) throws IOException {
        try (RunExport export = RunExport.open(spark, BOTH, run)) {
            export.finish();
        }
    }

    private List<String> rollouts() {
        spark.catalog().refreshTable(ROLLOUTS);
        return lines(
                "SELECT round, count(*), count(DISTINCT run) FROM exported.rollouts GROUP BY round ORDER BY round");
    }

    private List<String> lines(String query) {
        return spark.sql(query).collectAsList().stream().map(Row::toString).toList();
    }

    @Test
    void aRoundIsAppendedOnceHoweverOftenARunIsResumed() throws IOException {
        try (RunFolder run = open("run")) {
            export(run); // nothing is committed yet
            assertThat(rollouts()).isEmpty();
            commit(run, 0, "qed");
            commit(run, 1, "qed");
            export(run);
            assertThat(rollouts()).containsExactly("[1,2,1]");
            export(run);
            assertThat(rollouts()).containsExactly("[1,2,1]");
            commit(run, 2, "qed"); // the driver is killed before it appends this one
        }
        byte[] before = bytes();
        try (RunFolder run = open("run")) {
            commit(run, 3, "qed");
            export(run);
        }
        assertThat(rollouts()).containsExactly("[1,2,1]", "[2,2,1]", "[3,2,1]");
        assertThat(bytes()).as("the earlier rounds").isEqualTo(before);

        Row row = spark.sql("SELECT * FROM exported.rollouts WHERE round = 2 AND sample_id = 1")
                .head();
        assertThat(row.<String>getAs("run_folder")).endsWith("/run");
        assertThat(row.<Double>getAs("qed_shaped")).isEqualTo(0.75);
        assertThat(row.<Double>getAs("qed_advantage")).isEqualTo(1.5);
        assertThat(row.getList(row.fieldIndex("log_probabilities"))).isEqualTo(List.of(-1f, -2f));
        assertThat(lines("SELECT round, learner, step, metric, value, text FROM exported.metrics WHERE round < 2"
                        + " ORDER BY round, step NULLS LAST, metric"))
                .containsExactly(
                        "[0,null,null,blend.alpha[0],0.5,null]",
                        "[0,null,null,seconds,2.0,null]",
                        "[0,null,null,warnings[0],null,slow]",
                        "[1,qed,1,loss,0.25,null]",
                        "[1,null,null,blend.alpha[0],0.5,null]",
                        "[1,null,null,seconds,2.0,null]",
                        "[1,null,null,warnings[0],null,slow]");
    }

    /** All of rounds 0 to 2. */
    private byte[] bytes() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("run/rounds"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("/00003/"))
                    .sorted()
                    .map(TestRunExport::read)
                    .reduce(new byte[0], (a, b) -> {
                        byte[] both = Arrays.copyOf(a, a.length + b.length);
                        System.arraycopy(b, 0, both, a.length, b.length);
                        return both;
                    });
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As where the answer to a commit is lost: what is there is looked up, not assumed. */
    @Test
    void runsWithOtherRewardsShareATableAndAnotherRunInTheSameFolderIsAnotherRun() throws IOException {
        try (RunFolder run = open("run")) {
            commit(run, 0, "qed");
            commit(run, 1, "qed");
            export(run);
        }
        try (RunFolder run = RunFolder.open(
                folder.resolve("run").toString(),
                spark.sparkContext().hadoopConfiguration(),
                "job: 1\n",
                job -> job,
                new RunFolder.Opening(true, java.time.Duration.ZERO))) {
            commit(run, 0, "sa");
            commit(run, 1, "sa");
            export(run);
        }
        assertThat(rollouts()).containsExactly("[1,4,2]");
        assertThat(lines("SELECT learner, qed, sa FROM exported.rollouts WHERE sample_id = 0 ORDER BY learner"))
                .containsExactly("[qed,0.5,null]", "[sa,null,0.5]");
    }

    @Test
    void whatATableRefusesIsReportedAndAppendedOnceItIsTaken() throws IOException {
        spark.sql("CREATE TABLE exported.rollouts (run STRING, run_folder STRING, round INT, text MAP<INT, INT>)"
                + " USING parquet");
        try (RunFolder run = open("run")) {
            commit(run, 0, "qed");
            commit(run, 1, "qed");
            commit(run, 2, "qed");
            assertThatThrownBy(() -> export(run))
                    .isInstanceOf(RunException.class)
                    .hasMessageStartingWith("Cannot append the rollouts of rounds 1 to 2 of run " + run.location()
                            + " to table exported.rollouts: [INCOMPATIBLE_DATA_FOR_TABLE")
                    .hasMessageEndingWith("(they are in the run's folder, and --resume appends them)");
            assertThat(lines("SELECT DISTINCT round FROM exported.metrics ORDER BY round"))
                    .as("the other table has its rows")
                    .containsExactly("[0]", "[1]", "[2]");
            spark.sql("DROP TABLE exported.rollouts");
            export(run);
        }
        assertThat(rollouts()).containsExactly("[1,2,1]", "[2,2,1]");
    }

    @Test
    void rolloutsThatWereMovedAwayAreNotMissed() throws IOException {
        try (RunFolder run = open("run")) {
            commit(run, 0, "qed");
            commit(run, 1, "qed");
            commit(run, 2, "qed");
            CommittedRound first = run.round(1);
            Files.delete(Path.of(first.path("rollouts.parquet").toUri().getPath()));
            export(run);
        }
        assertThat(rollouts()).containsExactly("[2,2,1]");
    }

    @Test
    void refusesATableThatCannotBeOneOfRoundsBeforeAnythingIsTrained() throws IOException {
        spark.sql("CREATE TABLE exported.other (a INT) USING parquet");
        try (RunFolder run = open("run")) {
            refused(
                    run,
                    "exported.other",
                    "Cannot export the rollouts of a run to table exported.other: [UNRESOLVED_COLUMN");
            refused(
                    run,
                    "nowhere.rollouts",
                    "Cannot export the rollouts of a run to table nowhere.rollouts: Cannot write"
                            + " table:nowhere.rollouts:"
                            + " the catalog has no such table; there is no nowhere in which to make it"
                            + " (CREATE NAMESPACE nowhere)");
            refused(run, "no.such.rollouts", "Cannot export the rollouts of a run to table no.such.rollouts: ");
        }
    }

    private void refused(RunFolder run, String table, String message) {
        ExportSettings settings = new ExportSettings(table, null, null);
        assertThatThrownBy(() -> RunExport.open(spark, settings, run))
                .isInstanceOf(RequestException.class)
                .hasMessageStartingWith(message);
    }
}
