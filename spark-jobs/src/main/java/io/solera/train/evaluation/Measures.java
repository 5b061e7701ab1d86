package io.solera.train.evaluation;

import io.solera.rl.measure.GeometricMean;
import io.solera.rl.measure.Hypervolume;
import io.solera.rl.measure.Interval;
import io.solera.rl.measure.InverseVariation;
import io.solera.rl.measure.ParetoFront;
import io.solera.rl.measure.Threshold;
import io.solera.train.rollout.ScoredSample;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a policy, from held-out samples at temperature 1 without truncation, as a round's metrics have it.
 * Means are over the samples whose reward is not missing, an invalid one counting as 0 on the shaped scale; success,
 * validity and novelty are shares of samples.
 *
 * @param rewards by name, in the order of the job
 * @param observed names of the rewards that are measured and not trained on; they have no part in success, hypervolume,
 *     geometric mean, ICV and front; null without any
 * @param success null where no reward states a threshold
 * @param hypervolume of the front on the shaped scale, reference point 0, averaged over disjoint batches
 * @param validity null where samples are neither molecules nor proteins, as are its interval, the novelty and the
 *     diversity; see {@link Quality}
 * @param uniqueness share of distinct molecules or proteins among the first 1,000 valid samples, or of distinct texts
 *     among the first 1,000
 * @param mostCommon share of the samples that the most common text has, which after prompts is one with its prompt
 * @param length mean tokens of a sample
 * @param kl from the reference, in nats per sample
 * @param domain per reward that has one, how near the samples are to what the reward was made from; null without any
 * @param aggregates of all rewards, per sample, that the job asks for; null without any
 */
public record Measures(
        int samples,
        Map<String, OfReward> rewards,
        @Nullable List<String> observed,
        @Nullable Interval success,
        Volume hypervolume,
        Interval geometricMean,
        InverseVariation icv,
        @Nullable Double validity,
        @Nullable Interval validityInterval,
        double uniqueness,
        @Nullable Double novelty,
        @Nullable Double internalDiversity,
        double mostCommon,
        double length,
        Interval kl,
        @Nullable Map<String, Domain> domain,
        @Nullable Map<String, Interval> aggregates) {
    /** Samples of which a hypervolume is, where there are as many. */
    public static final int BATCH = 100;

    /**
     * Means of a reward.
     *
     * @param shaped on [0, 1]
     * @param raw in its unit
     * @param front of the shaped reward over the Pareto-efficient samples
     */
    public record OfReward(Interval shaped, Interval raw, double front) {}

    /** @param batch samples that it is of; null in runs of versions that had no other size than {@link #BATCH} */
    public record Volume(
            double mean, double low, double high, @Nullable Integer batch) {
        public Interval interval() {
            return new Interval(mean, low, high);
        }
    }

    /**
     * @param mean over the samples that have a value
     * @param ofSuccesses over those of them that meet all thresholds; null where none is stated
     */
    public record Domain(double mean, @Nullable Double ofSuccesses) {}

    public Measures {
        rewards = Collections.unmodifiableMap(new LinkedHashMap<>(rewards));
    }

    /** @param observe rewards that are not trained on */
    static Measures of(
            List<String> rewards,
            List<String> observe,
            List<ScoredSample> samples,
            List<Threshold> thresholds,
            int batch,
            @Nullable Quality quality,
            double[] klPerSample,
            ApplicabilityDomains domains,
            Aggregates aggregates) {
        double[][] all = samples.stream().map(ScoredSample::shaped).toArray(double[][]::new);
        double[][] raw = samples.stream().map(ScoredSample::raw).toArray(double[][]::new);
        double[][] shaped = trained(all, rewards, observe);
        double[] front = mean(all, ParetoFront.of(shaped), rewards.size());
        Map<String, OfReward> byName = new LinkedHashMap<>();
        for (int i = 0; i < rewards.size(); i++) {
            byName.put(rewards.get(i), new OfReward(mean(all, i), mean(raw, i), front[i]));
        }
        boolean thresholded = !thresholds.stream().allMatch(Threshold.NONE::equals);
        Interval volume = Hypervolume.overBatches(shaped, batch);
        return new Measures(
                samples.size(),
                byName,
                observe.isEmpty() ? null : List.copyOf(observe),
                thresholded ? Threshold.successShare(raw, thresholds) : null,
                new Volume(volume.mean(), volume.low(), volume.high(), batch),
                Interval.ofMean(
                        Arrays.stream(shaped).mapToDouble(GeometricMean::of).toArray()),
                InverseVariation.of(shaped),
                quality == null ? null : quality.validity(),
                quality == null
                        ? null
                        : Interval.ofShare(Math.round(quality.validity() * samples.size()), samples.size()),
                quality == null ? uniqueness(samples) : quality.uniqueness(),
                quality == null ? null : quality.novelty(),
                quality == null ? null : quality.internalDiversity(),
                mostCommon(samples),
                samples.stream()
                        .mapToInt(sample -> sample.sequence().tokens().length)
                        .average()
                        .orElse(Double.NaN),
                Interval.ofMean(klPerSample),
                domains.means(raw, thresholds, thresholded),
                aggregates.means());
    }

    /** How many rewards are trained on. */
    public int trainedRewards() {
        return rewards.size() - (observed == null ? 0 : observed.size());
    }

    /** That of a reward. */
    public OfReward reward(String name) {
        return Objects.requireNonNull(rewards.get(name), name);
    }

    private static double uniqueness(List<ScoredSample> samples) {
        List<String> first =
                samples.stream().limit(Quality.FIRST).map(ScoredSample::text).toList();
        return first.isEmpty() ? Double.NaN : (double) Set.copyOf(first).size() / first.size();
    }

    private static double mostCommon(List<ScoredSample> samples) {
        Map<List<String>, Long> counts = samples.stream()
                .collect(Collectors.groupingBy(
                        sample -> List.of(String.valueOf(sample.prompt()), sample.text()), Collectors.counting()));
        return counts.values().stream().mapToLong(Long::longValue).max().orElse(0) / (double) samples.size();
    }

    /** The columns of rows that are not observed alone. */
    static double[][] trained(double[][] rows, List<String> rewards, List<String> observe) {
        int[] places = IntStream.range(0, rewards.size())
                .filter(i -> !observe.contains(rewards.get(i)))
                .toArray();
        return Arrays.stream(rows)
                .map(row -> IntStream.of(places).mapToDouble(i -> row[i]).toArray())
                .toArray(double[][]::new);
    }

    /** The mean of each column over some rows; NaN where there are none, or a value is missing. */
    private static double[] mean(double[][] rows, int[] some, int columns) {
        double[] mean = new double[columns];
        for (int row : some) {
            for (int k = 0; k < columns; k++) {
                mean[k] += rows[row][k];
            }
        }
        for (int k = 0; k < columns; k++) {
            mean[k] /= some.length;
        }
        return mean;
    }

    private static Interval mean(double[][] rows, int reward) {
        return Interval.ofMean(
                Arrays.stream(rows).mapToDouble(row -> row[reward]).toArray());
    }
}
