package io.solera.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.store.Rounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that train on expressions of SQL. */
class TestSqlRun {
    private static final String JOB = """
            rewards:
              mw: {shaping: 'linear(20, 140)'}
              short: {sql: 'exp(-abs(n_tokens - 6) / 10)', at-least: 0.5}
              both: {sql: 'CASE WHEN mw > 40 THEN short * mw_shaped END'}
            rounds: 2
            steps-per-round: 2
            samples-per-step: 32
            micro-batch: 16
            sampling: {max-new-tokens: 10, temperature: 1}
            algorithm: {name: rloo, epochs: 1, minibatches: 2}
            optimizer: {learning-rate: 0.003, decay: constant}
            evaluation: {samples: 60, round-samples: 40}
            """;

    @TempDir
    private Path folder;

    /** Expressions are analysed in the session. */
    @BeforeEach
    void open() {
        TinyRun.spark();
    }

    private Dataset<Row> rows(String run, int round, String file) throws IOException {
        Rounds rounds = Rounds.of(folder.resolve(run).toString(), new Configuration());
        return TinyRun.spark().read().parquet(rounds.read(round).path(file).toString());
    }

    @Test
    void theSameBytesForAnyPartitioningLocaleTimeZoneAndAfterAResume() throws IOException {
        Map<String, String> one = TinyRun.run(folder.resolve("one"), JOB, List.of("partitions=1"), TinyRun.SILENT);
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
            Path cut = folder.resolve("cut");
            assertThatThrownBy(() -> TinyRun.run(cut, JOB, List.of("partitions=3"), TinyRun.failingIn(2)))
                    .hasMessage("cut");
            assertThat(TinyRun.run(cut, JOB, List.of("partitions=3"), TinyRun.SILENT))
                    .containsKeys("policy/model.safetensors", "state/both.safetensors")
                    .isEqualTo(one);
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
        Dataset<Row> rows = rows("one", 2, "rollouts.parquet");
        assertThat(rows.count()).isEqualTo(2 * 3 * 32);
        assertThat(rows.filter("abs(short - exp(-abs(size(tokens) - 6) / 10)) < 1e-12 AND short_status = 'ok'")
                        .count())
                .isEqualTo(rows.count());
        assertThat(rows.filter("mw > 40 AND both = short * mw_shaped AND both_shaped = both")
                        .count())
                .isPositive()
                .isEqualTo(rows.filter("mw > 40").count());
        assertThat(rows.filter("both is null AND both_shaped is null AND both_status = 'not-applicable'")
                        .count())
                .isPositive()
                .isEqualTo(rows.filter("mw <= 40").count());
        assertThat(rows.filter("learner = 'both' and both_advantage is not null")
                        .count())
                .isPositive();
        assertThat(rows("one", 2, "evaluation.parquet")
                        .filter("short is not null")
                        .count())
                .isEqualTo(60);
        assertThat(Files.readString(Path.of(Rounds.of(folder.resolve("one").toString(), new Configuration())
                        .read(2)
                        .path("policy/README.md")
                        .toUri()
                        .getPath())))
                .contains("| both | `CASE WHEN mw > 40 THEN short * mw_shaped END` | 1 | `identity` | any value |");
    }

    @Test
    void aStageOfAnExpressionScoresWhatItReadsAndReplayIsScored() throws IOException {
        TinyRun.run(
                folder.resolve("run"),
                JOB,
                List.of(
                        "stages=[{name: one, rewards: [short], max-rounds: 1}, {rewards: [both], max-rounds: 1}]",
                        "replay={memory-size: 12, sample-size: 6, smiles: [CCO, CNCCCC]}",
                        "keep-rounds=3"),
                TinyRun.SILENT);
        Dataset<Row> first = rows("run", 1, "rollouts.parquet");
        assertThat(first.filter("mw_status = 'not-in-stage' AND both_status = 'not-in-stage' AND short_status = 'ok'")
                        .count())
                .isEqualTo(first.count());
        Dataset<Row> second = rows("run", 2, "rollouts.parquet");
        assertThat(second.filter(
                                "mw_status <> 'not-in-stage' AND short_status = 'ok' AND both_status <> 'not-in-stage'")
                        .count())
                .isEqualTo(second.count());
        assertThat(second.select("learner").distinct().collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("both");
    }
}
