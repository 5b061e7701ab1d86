package io.solera.bench;

import io.solera.checkpoint.Policy;
import io.solera.config.TrainJob;
import io.solera.reward.catalogue.Resources;
import io.solera.rl.measure.Median;
import io.solera.store.DamagedRunException;
import io.solera.train.RunInputs;
import io.solera.train.evaluation.KnownSamples;
import io.solera.train.history.RoundRecord;
import io.solera.train.history.StepTimes;
import io.solera.train.rollout.Prompts;
import io.solera.train.rollout.RewardSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
        RunInputs inputs =
                new RunInputs(policy, rewards, Prompts.none(policy.tokenizer().special()), KnownSamples.none());
        return of(ShortRun.of(spark, job, inputs).stream()
                .filter(round -> round.round() > 0 && round.round() < ROUNDS)
                .toList());
    }

    public static RoundBenchmark of(List<RoundRecord> rounds) throws DamagedRunException {
        List<double[]> parts = new ArrayList<>();
        for (RoundRecord round : rounds) {
            double[] part = new double[5];
            part[0] = round.seconds();
            for (StepTimes step : round.stepTimes()) {
                part[1] += step.generationSeconds();
                part[2] += step.scoringSeconds();
                part[3] += step.updateSeconds();
            }
            part[4] = part[0] - part[1] - part[2] - part[3];
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
}
