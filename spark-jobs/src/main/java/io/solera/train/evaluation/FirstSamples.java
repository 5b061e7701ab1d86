package io.solera.train.evaluation;

import io.solera.config.RewardSettings;
import io.solera.config.TrainJob;
import io.solera.lang.Excerpt;
import io.solera.problem.RequestException;
import io.solera.train.rollout.ScoredSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the samples of round 0 say about a job before it trains: which of its rewards distinguish them. */
public final class FirstSamples {
    private FirstSamples() {}

    /**
     * What a user should know.
     *
     * @throws IllegalArgumentException when no reward distinguishes two samples, so that nothing can be learned
     */
    public static List<String> warnings(TrainJob job, List<String> rewards, Evaluation.Result result) {
        List<ScoredSample> samples = result.samples();
        List<String> warnings = new ArrayList<>();
        if (job.optimizer().warmupSteps() > job.scheduledSteps()) {
            warnings.add("optimizer.warmup-steps is %d, longer than the schedule: shortened to its %d steps"
                    .formatted(job.optimizer().warmupSteps(), job.scheduledSteps()));
        }
        int batch = job.evaluation().hypervolumeBatch();
        if (batch < Measures.BATCH) {
            warnings.add(
                    "hypervolumes are of %d samples, since an evaluation has no more (usually of %d; see evaluation)"
                            .formatted(batch, Measures.BATCH));
        }
        Double validity = result.measures().validity();
        if (validity != null && job.writesMolecules() && validity == 0) {
            warnings.add(
                    "none of the %d samples is a molecule, such as %s".formatted(samples.size(), example(samples)));
        }
        List<String> dull = new ArrayList<>();
        int trained = 0;
        for (int i = 0; i < rewards.size(); i++) {
            RewardSettings settings = job.rewards().get(rewards.get(i));
            boolean counts = !job.observe().contains(rewards.get(i)) && (settings == null || settings.weight() > 0);
            trained += counts ? 1 : 0;
            String why = why(rewards.get(i), i, samples);
            if (!why.isEmpty()) {
                warnings.add(why);
                if (counts && !broken(i, samples)) {
                    dull.add(rewards.get(i));
                }
            }
        }
        boolean seeded = job.replay() != null
                && (!job.replay().smiles().isEmpty() || job.replay().smilesFile() != null);
        if (trained > 0 && dull.size() == trained && samples.size() > 1 && !seeded) {
            throw new RequestException(
                    ("Cannot train: nothing can be learned from the %d samples of round 0: %s (choose rewards"
                                    + " that differ between samples of this policy, or a model that writes what they"
                                    + " read; if few samples differ, raise evaluation.samples)")
                            .formatted(samples.size(), String.join("; ", warnings)));
        }
        return warnings;
    }

    /** Why a reward does not distinguish samples; empty where it does. */
    private static String why(String reward, int i, List<ScoredSample> samples) {
        Map<String, Long> status = samples.stream()
                .collect(Collectors.groupingBy(sample -> sample.status().get(i), TreeMap::new, Collectors.counting()));
        if (!status.containsKey("ok")) {
            return "reward %s has a value for none of the %d samples (%s), such as %s"
                    .formatted(
                            reward,
                            samples.size(),
                            status.entrySet().stream()
                                    .map(entry -> entry.getKey() + " " + entry.getValue())
                                    .collect(Collectors.joining(", ")),
                            example(samples));
        }
        double[] shaped = values(samples, sample -> sample.shaped()[i]);
        if (samples.size() < 2 || Arrays.stream(shaped).distinct().count() > 1) {
            return "";
        }
        double[] raw = values(samples, sample -> sample.raw()[i]);
        double low = Arrays.stream(raw).min().orElse(Double.NaN);
        double high = Arrays.stream(raw).max().orElse(Double.NaN);
        return String.format(
                Locale.ROOT,
                "reward %s is the same for all %d samples: shaped %.3f%s",
                reward,
                samples.size(),
                shaped[0],
                low == high
                        ? ", raw " + low
                        : ", although raw values are %s to %s (see its shaping)".formatted(low, high));
    }

    /** Whether it may work later: a service that is down, say, which {@code missing-limit} watches. */
    private static boolean broken(int i, List<ScoredSample> samples) {
        return samples.stream()
                .map(sample -> sample.status().get(i))
                .anyMatch(status -> status.equals("failed") || status.equals("timed-out"));
    }

    private static double[] values(List<ScoredSample> samples, java.util.function.ToDoubleFunction<ScoredSample> of) {
        return samples.stream()
                .mapToDouble(of)
                .filter(value -> !Double.isNaN(value))
                .toArray();
    }

    private static String example(List<ScoredSample> samples) {
        String text = IntStream.range(0, samples.size())
                .mapToObj(i -> samples.get(i).text())
                .filter(one -> !one.isBlank())
                .findFirst()
                .orElse("");
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return "\"" + Excerpt.of(line, 60) + "\"";
    }
}
