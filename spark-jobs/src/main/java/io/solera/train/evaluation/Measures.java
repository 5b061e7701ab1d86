package io.solera.train.evaluation;

import com.google.gson.JsonObject;
import io.solera.rl.measure.GeometricMean;
import io.solera.rl.measure.Hypervolume;
import io.solera.rl.measure.Interval;
import io.solera.rl.measure.InverseVariation;
import io.solera.rl.measure.ParetoFront;
import io.solera.rl.measure.Threshold;
import io.solera.train.rollout.ScoredSample;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a policy, from held-out samples at temperature 1 without truncation. Means are over the samples whose reward is
 * not missing, an invalid one counting as 0 on the shaped scale; success, validity and novelty are shares of samples.
 *
 * @param shaped the mean of each reward on [0, 1]
 * @param raw the mean of each reward in its unit
 * @param success null where no reward states a threshold
 * @param hypervolume of the front of {@code batch} samples on the shaped scale, reference point 0, averaged over disjoint batches
 * @param batch 100, or fewer where a run's evaluations have fewer
 * @param front the mean of each shaped reward over the Pareto-efficient samples
 * @param molecules null where samples are none
 * @param uniqueness share of distinct texts among the first 1,000 samples
 * @param mostCommon share of the samples that the most common text has, which after prompts is one with its prompt
 * @param length mean tokens of a sample
 * @param kl from the reference, in nats per sample
 * @param domains per reward that has one, how near the samples are to what the reward was made from
 * @param aggregates of all rewards, per sample, that the job asks for
 */
public record Measures(
        int samples,
        List<Interval> shaped,
        List<Interval> raw,
        @Nullable Interval success,
        Interval hypervolume,
        int batch,
        Interval geometricMean,
        List<Double> front,
        InverseVariation icv,
        @Nullable MoleculeMeasures molecules,
        double uniqueness,
        double mostCommon,
        double length,
        Interval kl,
        List<ApplicabilityDomains.Mean> domains,
        Aggregates aggregates) {
    public static final String VALIDITY = "validity";
    public static final String UNIQUENESS = "uniqueness";
    static final String MOST_COMMON = "most_common";
    static final String LENGTH = "length";
    /** Samples of which a hypervolume is, where there are as many. */
    static final int BATCH = 100;

    static Measures of(
            List<ScoredSample> samples,
            List<Threshold> thresholds,
            int batch,
            @Nullable MoleculeMeasures molecules,
            double[] klPerSample,
            ApplicabilityDomains domains,
            Aggregates aggregates) {
        double[][] shaped = samples.stream().map(ScoredSample::shaped).toArray(double[][]::new);
        double[][] raw = samples.stream().map(ScoredSample::raw).toArray(double[][]::new);
        return new Measures(
                samples.size(),
                means(shaped, thresholds.size()),
                means(raw, thresholds.size()),
                thresholds.stream().allMatch(Threshold.NONE::equals) ? null : Threshold.successShare(raw, thresholds),
                Hypervolume.overBatches(shaped, batch),
                batch,
                Interval.ofMean(
                        Arrays.stream(shaped).mapToDouble(GeometricMean::of).toArray()),
                Arrays.stream(ParetoFront.mean(shaped)).boxed().toList(),
                InverseVariation.of(shaped),
                molecules,
                uniqueness(samples),
                mostCommon(samples),
                samples.stream()
                        .mapToInt(sample -> sample.sequence().tokens().length)
                        .average()
                        .orElse(Double.NaN),
                Interval.ofMean(klPerSample),
                domains.means(raw, thresholds),
                aggregates);
    }

    private static double uniqueness(List<ScoredSample> samples) {
        List<String> first = samples.stream()
                .limit(MoleculeMeasures.FIRST)
                .map(ScoredSample::text)
                .toList();
        return first.isEmpty() ? Double.NaN : (double) Set.copyOf(first).size() / first.size();
    }

    private static double mostCommon(List<ScoredSample> samples) {
        Map<List<String>, Long> counts = samples.stream()
                .collect(Collectors.groupingBy(
                        sample -> List.of(String.valueOf(sample.prompt()), sample.text()), Collectors.counting()));
        return counts.values().stream().mapToLong(Long::longValue).max().orElse(0) / (double) samples.size();
    }

    private static List<Interval> means(double[][] rows, int rewards) {
        return IntStream.range(0, rewards)
                .mapToObj(i -> Interval.ofMean(
                        Arrays.stream(rows).mapToDouble(row -> row[i]).toArray()))
                .toList();
    }

    public JsonObject json(List<String> rewards) {
        JsonObject json = new JsonObject();
        json.addProperty("samples", samples);
        JsonObject byReward = new JsonObject();
        for (int i = 0; i < rewards.size(); i++) {
            JsonObject reward = new JsonObject();
            reward.add("shaped", interval(shaped.get(i)));
            reward.add("raw", interval(raw.get(i)));
            reward.addProperty("front", front.get(i));
            byReward.add(rewards.get(i), reward);
        }
        json.add("rewards", byReward);
        if (success != null) {
            json.add("success", interval(success));
        }
        JsonObject volume = interval(hypervolume);
        volume.addProperty("batch", batch);
        json.add("hypervolume", volume);
        json.add("geometric_mean", interval(geometricMean));
        JsonObject variation = new JsonObject();
        variation.addProperty("per_sample", icv.perSample());
        variation.addProperty("per_sample_median", icv.perSampleMedian());
        variation.addProperty("of_means", icv.ofMeans());
        json.add("icv", variation);
        if (molecules == null) {
            json.addProperty(UNIQUENESS, uniqueness);
        } else {
            json.addProperty(VALIDITY, molecules.validity());
            json.add(
                    VALIDITY + "_interval",
                    interval(Interval.ofShare(Math.round(molecules.validity() * samples), samples)));
            json.addProperty(UNIQUENESS, molecules.uniqueness());
            json.addProperty("novelty", molecules.novelty());
            json.addProperty("internal_diversity", molecules.internalDiversity());
        }
        json.addProperty(MOST_COMMON, mostCommon);
        json.addProperty(LENGTH, length);
        json.add("kl", interval(kl));
        if (!domains.isEmpty()) {
            JsonObject byDomain = new JsonObject();
            for (ApplicabilityDomains.Mean domain : domains) {
                JsonObject entry = new JsonObject();
                entry.addProperty("mean", domain.mean());
                if (success != null) {
                    entry.addProperty("of_successes", domain.ofSuccesses());
                }
                byDomain.add(domain.reward(), entry);
            }
            json.add("domain", byDomain);
        }
        if (!aggregates.names().isEmpty()) {
            json.add("aggregates", aggregates.json());
        }
        return json;
    }

    static JsonObject interval(Interval interval) {
        JsonObject json = new JsonObject();
        json.addProperty("mean", interval.mean());
        json.addProperty("low", interval.low());
        json.addProperty("high", interval.high());
        return json;
    }
}
