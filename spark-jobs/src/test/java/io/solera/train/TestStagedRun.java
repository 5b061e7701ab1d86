package io.solera.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.solera.config.TrainJob;
import io.solera.store.CommittedRound;
import io.solera.store.Rounds;
import io.solera.train.learner.ReplaySeeds;
import io.solera.train.rollout.SampleColumns;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs with a diversity filter, replay and stages. */
class TestStagedRun {
    private static final String JOB = TinyRun.job("""
        diversity-filter: {name: identical-murcko-scaffold, bucket-size: 20, min-score: 0.1, penalty: linear}
        replay: {memory-size: 12, sample-size: 6, smiles: [CCO, CNC]}
        stages:
          - {name: heavy, rewards: [mw], max-rounds: 1}
          - {rewards: [logp, fluency], max-rounds: 3, target: 0.0001}
          - {name: all, rewards: [mw, logp, fluency], min-rounds: 2, max-rounds: 3, target: 0.0001}
        """);

    private static final String SMALL = "evaluation={samples: 32, round-samples: 16}";

    @TempDir
    private Path folder;

    @Test
    void stagesEndByTheirTargetOrTheirRounds() throws IOException {
        TinyRun.run(folder.resolve("run"), JOB, List.of("steps-per-round=1", SMALL), TinyRun.SILENT);
        List<CommittedRound> rounds =
                Rounds.of(folder.resolve("run").toString(), new Configuration()).all();
        assertThat(rounds).hasSize(1 + 1 + 1 + 2);
        assertThat(rounds.stream().skip(1).map(round -> round.metrics().getAsJsonObject("stage")))
                .extracting(stage -> stage.get("name").getAsString()
                        + stage.get("round")
                        + stage.get("ended").getAsBoolean())
                .containsExactly("heavy1true", "21true", "all1false", "all2true");
        assertThat(rounds.get(0).metrics().has("stage")).isFalse();
        assertThat(evaluation(rounds.get(3)).get("samples").getAsInt()).isEqualTo(16);
        assertThat(evaluation(rounds.get(4)).get("samples").getAsInt()).isEqualTo(32);
    }

    @Test
    void aStageAsksItsRewardsAlone() throws IOException {
        TinyRun.run(folder.resolve("run"), JOB, List.of("steps-per-round=1", "keep-rounds=9", SMALL), TinyRun.SILENT);
        Rounds rounds = Rounds.of(folder.resolve("run").toString(), new Configuration());
        Dataset<Row> first = TinyRun.spark()
                .read()
                .parquet(rounds.read(1).path("rollouts.parquet").toString());
        assertThat(first.count()).isEqualTo(32);
        assertThat(first.filter("mw_status <> 'not-in-stage'").count()).isEqualTo(32);
        assertThat(first.filter("logp is null and logp_status = 'not-in-stage'").count())
                .isEqualTo(32);
        assertThat(first.filter("filter_factor between 0 and 1").count()).isEqualTo(32);
        assertThat(first.filter("filter_factor < 1").count()).isPositive();
        Dataset<Row> second = TinyRun.spark()
                .read()
                .parquet(rounds.read(2).path("rollouts.parquet").toString());
        assertThat(second.filter("learner in ('logp', 'fluency')").count()).isEqualTo(64);
        assertThat(hash(rounds.read(2), "state/mw.safetensors")).isNotEmpty();
        JsonObject step = JsonParser.parseString(Files.readAllLines(folder.resolve("run/metrics.jsonl")).stream()
                        .filter(line -> line.contains("\"learner\":\"mw\""))
                        .findFirst()
                        .orElseThrow())
                .getAsJsonObject();
        assertThat(step.get("filter_penalised").getAsDouble()).isBetween(0.1, 1.0);
        assertThat(step.get("replayed").getAsInt()).isEqualTo(2);
        assertThat(step.get("replay_size").getAsInt()).isEqualTo(12);
        assertThat(step.has("logp.not-in-stage")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "iterative-rs, ppo, reference",
        "weighted-gradients, ppo, policy",
        "weighted-gradients, dap, reference",
        "morlhf, rloo, reference"
    })
    void theSameBytesForAnyPartitioningAndAfterAResume(String method, String algorithm, String trunk)
            throws IOException {
        List<String> settings = List.of(
                "method=" + method,
                "algorithm.name=" + algorithm,
                "algorithm.critic.trunk=" + trunk,
                "optimizer.moments=keep",
                SMALL,
                "diversity-filter.purge-between-stages=" + method.equals("morlhf"));
        Map<String, String> undisturbed =
                TinyRun.run(folder.resolve("whole"), JOB, with(settings, "partitions=1"), TinyRun.SILENT);
        Path cut = folder.resolve("cut");
        assertThatThrownBy(() -> TinyRun.run(cut, JOB, with(settings, "partitions=3"), TinyRun.failingIn(3)))
                .hasMessage("cut");
        assertThat(TinyRun.run(cut, JOB, with(settings, "partitions=3"), TinyRun.SILENT))
                .isEqualTo(undisturbed);
    }

    @Test
    void filterAndReplayChangeWhatIsLearnt() throws IOException {
        List<String> none = List.of("stages=[]", "diversity-filter=null", "replay=null", "rounds=1", SMALL);
        Map<String, String> plain =
                TinyRun.run(folder.resolve("plain"), TinyRun.job(""), List.of("rounds=1", SMALL), TinyRun.SILENT);
        assertThat(TinyRun.run(folder.resolve("none"), JOB, none, TinyRun.SILENT))
                .isEqualTo(plain);
        for (String kept : new String[] {"diversity-filter=null", "replay=null"}) {
            assertThat(TinyRun.run(
                            folder.resolve(kept), JOB, List.of("stages=[]", kept, "rounds=1", SMALL), TinyRun.SILENT))
                    .isNotEqualTo(plain);
        }
        assertThat(text(folder.resolve("plain"))).doesNotContain("memory");
        assertThat(text(folder.resolve("replay=null"))).contains("memory");
    }

    @Test
    void memoriesBeginWithMoleculesOfAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("seeds.smi"), "CCCO\n\nNCC\n");
        TinyRun.run(
                folder.resolve("run"),
                TinyRun.job(""),
                List.of(
                        "rounds=1",
                        "replay.smiles-file=" + file,
                        "replay.smiles=[OCC, CS, CCCCCCCCCCCCCCCCCCCC]",
                        SMALL),
                TinyRun.SILENT);
        CommittedRound begun =
                Rounds.of(folder.resolve("run").toString(), new Configuration()).read(0);
        assertThat(begun.files()).anyMatch(stored -> stored.name().equals("state/mw.safetensors"));
        Path table = folder.resolve("seeds.csv");
        Files.write(table, "name;smiles\n\u0142;CCCO\nx,y;NCC\n".getBytes(Charset.forName("windows-1250")));
        String keys = "replay: {smiles-file: '%s', smiles: [OCC], separator: ;, encoding: cp1250}\n".formatted(table);
        assertThat(ReplaySeeds.texts(
                        TrainJob.read("rewards: {qed: {}}\n" + keys, List.of()).replay(), TinyRun.spark()))
                .containsExactly("OCC", "CCCO", "NCC");
        Path lines = Files.writeString(folder.resolve("seeds"), "CCCO name\n# none\n\nNCC\n");
        assertThat(ReplaySeeds.texts(
                        TrainJob.read("rewards: {qed: {}}\nreplay: {smiles-file: '%s'}\n".formatted(lines), List.of())
                                .replay(),
                        TinyRun.spark()))
                .containsExactly("CCCO", "NCC");
        for (String wrong : new String[] {"c1cc", "CS", "CCCCCCCCCCCCCCCCCCCC"}) {
            assertThatThrownBy(() -> TinyRun.run(
                            folder.resolve(wrong),
                            TinyRun.job(""),
                            List.of("replay.smiles=[" + wrong + "]"),
                            TinyRun.SILENT))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Cannot replay " + wrong + ": ");
        }
    }

    @Test
    void anEvaluationHasTheAggregatesThatAreAskedFor() throws IOException {
        TinyRun.run(
                folder.resolve("run"),
                TinyRun.job(""),
                List.of("rounds=1", SMALL, "evaluation.aggregates=[minimum, geometric-mean, pareto-rank]"),
                TinyRun.SILENT);
        CommittedRound last =
                Rounds.of(folder.resolve("run").toString(), new Configuration()).read(1);
        JsonObject aggregates = evaluation(last).getAsJsonObject("aggregates");
        assertThat(aggregates.keySet()).containsExactly("minimum", "geometric_mean", "pareto_rank");
        assertThat(aggregates.get("geometric_mean")).isEqualTo(evaluation(last).get("geometric_mean"));
        Dataset<Row> rows = TinyRun.spark()
                .read()
                .parquet(last.path(SampleColumns.EVALUATION).toString());
        assertThat(rows.filter("aggregate_minimum > least(mw_shaped, logp_shaped, fluency_shaped)")
                        .count())
                .isZero();
        assertThat(rows.filter("aggregate_pareto_rank = 1").count()).isPositive();
    }

    private static List<String> with(List<String> settings, String more) {
        List<String> all = new ArrayList<>(settings);
        all.add(more);
        return all;
    }

    private static JsonObject evaluation(CommittedRound round) {
        return round.metrics().getAsJsonObject("evaluation");
    }

    private static String hash(CommittedRound round, String file) {
        return round.sha256(file).orElse("");
    }

    private static String text(Path run) throws IOException {
        CommittedRound round = Rounds.of(run.toString(), new Configuration()).read(1);
        return Files.readString(
                Path.of(round.path("state/mw.safetensors").toUri().getPath()), StandardCharsets.ISO_8859_1);
    }
}
