package io.solera.bench;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.LocalFolder;
import io.solera.config.TrainJob;
import io.solera.reward.catalogue.Resources;
import io.solera.rl.measure.Median;
import io.solera.store.CommittedRound;
import io.solera.store.RunFolder;
import io.solera.store.storage.Deletion;
import io.solera.store.storage.PrivateFolder;
import io.solera.train.Progress;
import io.solera.train.RunInputs;
import io.solera.train.TrainingLoop;
import io.solera.train.evaluation.KnownMolecules;
import io.solera.train.rollout.Prompts;
import io.solera.train.rollout.RewardSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * The time of a round of a small job, and of its parts: medians over its rounds, without the last, which includes an
 * evaluation.
 *
 * @param seconds of a whole round
 * @param generation summed over all tasks, as are scoring and update; on one core they add up
 * @param rest Spark, the blend and the commit
 */
public record RoundBenchmark(double seconds, double generation, double scoring, double update, double rest) {
    public static final int ROUNDS = 4;
    static final int STEPS = 2;
    static final List<String> REWARDS = List.of("qed", "logp");

    public static RoundBenchmark run(SparkSession spark, Policy policy, Resources resources) throws IOException {
        Configuration configuration = spark.sparkContext().hadoopConfiguration();
        TrainJob job = TrainJob.read(
                """
                rewards: {%s: , %s: }
                rounds: %d
                steps-per-round: %d
                samples-per-step: %d
                micro-batch: %d
                sampling: {max-new-tokens: %d, temperature: 1}
                evaluation: {samples: 100, round-samples: 0}
                missing-limit: 1
                partitions: 1
                """.formatted(
                                REWARDS.get(0),
                                REWARDS.get(1),
                                ROUNDS,
                                STEPS,
                                Benchmark.BATCH,
                                Benchmark.BATCH,
                                Benchmark.longest(policy)),
                List.of());
        RewardSet rewards = RewardSet.of(job.rewards(), resources);
        Path folder = PrivateFolder.create();
        try (RunFolder run =
                RunFolder.open(folder.resolve("run").toUri().toString(), configuration, job.text(), text -> text)) {
            new TrainingLoop(
                            spark,
                            job,
                            run,
                            new RunInputs(
                                    policy,
                                    rewards,
                                    Prompts.none(policy.tokenizer().special()),
                                    KnownMolecules.read(new LocalFolder(folder))),
                            new Silence())
                    .run();
            return of(run.rounds().all().stream()
                    .filter(round -> round.round() > 0 && round.round() < ROUNDS)
                    .map(CommittedRound::metrics)
                    .toList());
        } finally {
            Deletion.temporary(folder);
        }
    }

    public static RoundBenchmark of(List<JsonObject> rounds) {
        List<double[]> parts = new ArrayList<>();
        for (JsonObject round : rounds) {
            double seconds = round.get("seconds").getAsDouble();
            double[] part = {
                seconds,
                sum(round, "generation_seconds"),
                sum(round, "scoring_seconds"),
                sum(round, "update_seconds"),
                0
            };
            part[4] = seconds - part[1] - part[2] - part[3];
            parts.add(part);
        }
        double[] medians = new double[5];
        for (int k = 0; k < medians.length; k++) {
            int place = k;
            medians[k] =
                    Median.of(parts.stream().mapToDouble(part -> part[place]).toArray());
        }
        return new RoundBenchmark(medians[0], medians[1], medians[2], medians[3], medians[4]);
    }

    private static double sum(JsonObject round, String key) {
        double sum = 0;
        for (JsonElement step : round.getAsJsonArray("steps")) {
            sum += step.getAsJsonObject().get(key).getAsDouble();
        }
        return sum;
    }

    /** Ignores progress. */
    private static final class Silence implements Progress {
        @Override
        public void begun(String location, int round, int rounds, List<String> rewards) {}

        @Override
        public void step(int round, String learner, int step, int steps, List<Double> shaped, double done) {}

        @Override
        public void evaluated(
                int round, List<Double> shaped, double success, double hypervolume, double validity, double done) {}

        @Override
        public void committed(int round) {}
    }
}
