package io.solera.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.table.TableName;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestScoreJob {
    private static final int ROWS = 3000;
    private static final int TEXTS = 400;
    private static final int PARTS = 8;
    private static final PrintStream NOWHERE =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    private static final SparkSession SPARK = SparkSession.builder()
            .master("local[2]")
            .appName("test")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate();

    @TempDir
    private Path folder;

    @BeforeEach
    void writeInput() {
        CountedLengths.COUNTS.clear();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            rows.add(RowFactory.create(i, text(i), i % 3 == 0 ? null : "ab"));
        }
        StructType schema = new StructType()
                .add("id", DataTypes.IntegerType)
                .add("text", DataTypes.StringType)
                .add("draft", DataTypes.StringType);
        SPARK.createDataFrame(rows, schema).repartition(2).write().parquet(path("in.parquet"));
    }

    /** A tenth of the rows have none, and half of all have the same. */
    private static @Nullable String text(int i) {
        return i % 10 == 0 ? null : i % 2 == 0 ? "often" : "x".repeat(1 + i % TEXTS);
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private ScoreInput input(int breaksAfter) throws IOException {
        CountedLengths reward = new CountedLengths(breaksAfter);
        return ScoreInput.of(
                SPARK,
                new TableName(path("in.parquet"), null),
                List.of(new RewardColumn("length", "length", 1, reward, "text", null)));
    }

    private ScoreJob job(ScoreInput input, String output, boolean resume) throws IOException {
        return new ScoreJob(
                input, ScoreOutput.of(SPARK, new TableName(path(output), null), List.of()), null, false, resume);
    }

    /** A job of eight parts that has not scored anything, so that no sample is priced. */
    private ScoreJob planned(String output, int breaksAfter) throws IOException {
        ScoreInput input = input(breaksAfter);
        ScoreJob job = job(input, output, true);
        job.output()
                .work()
                .begin(new ScorePlan(ScorePlan.identity(input, job.output().ordered()), input.survey(), PARTS, false));
        return job;
    }

    @Test
    void scoresEachInputOnceHoweverManyRowsItHas() throws IOException {
        ScoreJob.Outcome outcome = planned("out.parquet", ROWS).run(NOWHERE).orElseThrow();

        assertThat(CountedLengths.COUNTS.values())
                .allSatisfy(count -> assertThat(count).hasValue(1));
        assertThat(outcome.summary().rows()).isEqualTo(ROWS);
        assertThat(outcome.summary().distinct())
                .isEqualTo(CountedLengths.COUNTS.size())
                .isEqualTo(TEXTS / 2 + 1);
        assertThat(outcome.summary().rewards().get(0).missing()).hasSize(1).containsValue((long) ROWS / 10);
        List<Row> rows = SPARK.read().parquet(path("out.parquet")).orderBy("id").collectAsList();
        assertThat(rows).hasSize(ROWS);
        for (int i = 0; i < ROWS; i++) {
            String text = text(i);
            assertThat(rows.get(i))
                    .isEqualTo(RowFactory.create(
                            i,
                            text,
                            i % 3 == 0 ? null : "ab",
                            text == null ? null : (double) text.length(),
                            text == null ? "invalid-input" : "ok"));
        }
    }

    @Test
    void goesOnAfterABreakdownWithTheMissingPartsAlone() throws IOException {
        assertThat(planned("whole.parquet", ROWS).run(NOWHERE)).isPresent();
        CountedLengths.COUNTS.clear();

        ScoreJob broken = planned("broken.parquet", TEXTS / 3);
        assertThatThrownBy(() -> broken.run(NOWHERE)).hasStackTraceContaining("the reward broke down");
        Map<Integer, FileStatus> finished = broken.output().work().finished();
        assertThat(finished).isNotEmpty().hasSizeLessThan(PARTS);
        Set<String> kept = new HashSet<>();
        for (FileStatus part : finished.values()) {
            SPARK.read()
                    .parquet(part.getPath().toString())
                    .filter("text is not null")
                    .select("text")
                    .collectAsList()
                    .forEach(row -> kept.add(row.getString(0)));
        }
        Map<String, Integer> before = new TreeMap<>();
        CountedLengths.COUNTS.forEach((text, count) -> before.put(text, count.get()));

        assertThat(job(input(ROWS), "broken.parquet", true).run(NOWHERE)).isPresent();

        assertThat(kept)
                .isNotEmpty()
                .allSatisfy(text -> assertThat(CountedLengths.COUNTS.get(text)).hasValue(1));
        assertThat(CountedLengths.COUNTS)
                .hasSize(TEXTS / 2 + 1)
                .allSatisfy((text, count) -> assertThat(count.get())
                        .isBetween(1, 1 + (kept.contains(text) ? 0 : before.getOrDefault(text, 0))));
        assertThat(contents("broken.parquet"))
                .isEqualTo(contents("whole.parquet"))
                .hasSizeGreaterThan(1);
        assertThat(folder.resolve("broken.parquet.solera")).doesNotExist();
    }

    private Map<String, String> contents(String name) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".parquet")).toList()) {
                contents.put(
                        file.getFileName().toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    @Test
    void refusesToGoOnWithAnotherJob() throws IOException {
        planned("out.parquet", ROWS);
        ScoreInput other = ScoreInput.of(
                SPARK,
                new TableName(path("in.parquet"), null),
                List.of(new RewardColumn("length", "length", 2, new CountedLengths(ROWS), "text", null)));

        assertThatThrownBy(() -> job(other, "out.parquet", true).run(NOWHERE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(("Cannot resume %s: its rewards changed (then length = length version 1 of text; now"
                                + " length = length version 2 of text); use the same arguments, or start"
                                + " again with --overwrite and without --resume")
                        .formatted(path("out.parquet")));
        assertThatThrownBy(() -> job(input(ROWS), "out.parquet", false).run(NOWHERE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(("Cannot write %s: it has an unfinished job (resume it with --resume, or start again with"
                                + " --overwrite)")
                        .formatted(path("out.parquet")));
    }

    @Test
    void seesThatTheInputHasChanged() throws IOException {
        planned("out.parquet", ROWS);
        SPARK.range(1)
                .selectExpr("1 as id", "'x' as text", "'y' as draft")
                .write()
                .mode("append")
                .parquet(path("in.parquet"));

        assertThatThrownBy(() -> job(input(ROWS), "out.parquet", true).run(NOWHERE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("its files changed (then 2 of ");
    }

    @Test
    void doesNothingWhenItIsDone() throws IOException {
        assertThat(job(input(ROWS), "out.parquet", false).run(NOWHERE)).isPresent();
        CountedLengths.COUNTS.clear();

        assertThat(job(input(ROWS), "out.parquet", true).run(NOWHERE)).isEmpty();
        assertThat(CountedLengths.COUNTS).isEmpty();
        assertThat(folder.resolve("out.parquet/_solera/summary.json"))
                .content()
                .contains("\"rows\":3000", "\"distinct\":201", "\"invalid-input\":300");
    }

    @Test
    void comparesTwoColumns() throws IOException {
        ScoreInput input = ScoreInput.of(
                SPARK,
                new TableName(path("in.parquet"), null),
                List.of(
                        new RewardColumn("longer", "longer", 1, new CountedLengths(ROWS), "text", "draft"),
                        new RewardColumn("length", "length", 1, new CountedLengths(ROWS), "text", null)));

        assertThat(job(input, "out.parquet", false).run(NOWHERE)).isPresent();

        Dataset<Row> scored = SPARK.read().parquet(path("out.parquet"));
        assertThat(scored.count()).isEqualTo(ROWS);
        assertThat(scored.filter("longer = length - 2 and longer_status = 'ok'").count())
                .isEqualTo(
                        scored.filter("text is not null and draft is not null").count())
                .isEqualTo(1800);
        assertThat(scored.filter("longer is null and longer_status = 'invalid-input'")
                        .count())
                .isEqualTo(1200);
    }
}
