package io.solera.train.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.solera.config.TrainJob;
import io.solera.reward.Guarded;
import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.Shaping;
import io.solera.reward.Status;
import io.solera.rl.measure.Threshold;
import io.solera.store.CommittedRound;
import io.solera.store.Rounds;
import io.solera.train.TinyRun;
import io.solera.train.rollout.RewardSet;
import io.solera.train.rollout.SampleColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestApplicabilityDomains {
    @TempDir
    private Path folder;

    /** The share of carbons; made from chains of ten atoms, so that a text's length tells how near it is. */
    private static final class Carbons implements Reward {
        @Override
        public List<Score> score(List<@Nullable String> texts) {
            return texts.stream()
                    .map(text -> text == null || text.isEmpty()
                            ? Score.missing(Status.INVALID_INPUT)
                            : Score.of(
                                    (double) text.chars().filter(c -> c == 'C').count() / text.length()))
                    .toList();
        }

        @Override
        public Reward domain() {
            return texts -> texts.stream()
                    .map(text -> text == null || text.isEmpty()
                            ? Score.missing(Status.INVALID_INPUT)
                            : Score.of(text.length() / 10.0))
                    .toList();
        }
    }

    @Test
    void meansAreOverWhatIsThere() {
        ApplicabilityDomains domains =
                new ApplicabilityDomains(List.of("carbons"), new double[][] {{0.2}, {0.6}, {1}, {Double.NaN}});
        double[][] raw = {{0.1, 5}, {0.9, 5}, {0.8, 5}, {0.9, 5}};
        assertThat(domains.means(raw, List.of(new Threshold(0.5, 1), Threshold.NONE)))
                .containsExactly(new ApplicabilityDomains.Mean("carbons", 0.6, 0.8));
        assertThat(domains.means(raw, List.of(new Threshold(2, 3), Threshold.NONE))
                        .get(0)
                        .ofSuccesses())
                .as("of no success")
                .isNaN();
    }

    @Test
    void aRunTellsHowNearItsSamplesAre() throws IOException {
        TrainJob job = TrainJob.read(TinyRun.job(""), List.of("rounds=1", "evaluation.round-samples=0"));
        RewardSet rewards = new RewardSet(List.of(
                new RewardSet.Line(
                        "carbons", new Guarded(new Carbons()), null, Shaping.IDENTITY, 1, new Threshold(0.5, 1)),
                TinyRun.rewards(job).lines().get(1)));
        TinyRun.run(folder, job, rewards, TinyRun.SILENT);

        JsonObject after = JsonParser.parseString(Files.readString(folder.resolve("summary.json")))
                .getAsJsonObject()
                .getAsJsonObject("after");
        assertThat(after.getAsJsonObject("domain").keySet()).containsExactly("carbons");
        assertThat(after.getAsJsonObject("domain").getAsJsonObject("carbons").keySet())
                .containsExactly("mean", "of_successes");

        CommittedRound last = Rounds.of(folder.toString(), new Configuration()).read(1);
        List<Row> rows = TinyRun.spark()
                .read()
                .parquet(last.path(SampleColumns.EVALUATION).toString())
                .collectAsList();
        assertThat(rows.get(0).schema().fieldNames())
                .containsExactly(
                        "sample_id",
                        "prompt",
                        "text",
                        "carbons",
                        "carbons_shaped",
                        "carbons_status",
                        "logp",
                        "logp_shaped",
                        "logp_status",
                        "carbons_domain");
        assertThat(rows).hasSize(200).isSortedAccordingTo((a, b) -> Long.compare(a.getLong(0), b.getLong(0)));
        assertThat(rows).allSatisfy(row -> {
            String text = row.getString(2);
            assertThat(row.isNullAt(9)).isEqualTo(text.isEmpty());
            if (!text.isEmpty()) {
                assertThat(row.getDouble(9)).isEqualTo(text.length() / 10.0);
            }
        });
        assertThat(rows.stream()
                        .filter(row -> !row.isNullAt(9))
                        .mapToDouble(row -> row.getDouble(9))
                        .average()
                        .orElseThrow())
                .isCloseTo(
                        after.getAsJsonObject("domain")
                                .getAsJsonObject("carbons")
                                .get("mean")
                                .getAsDouble(),
                        org.assertj.core.api.Assertions.within(1e-9));
    }
}
