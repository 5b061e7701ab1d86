package io.solera.train.evaluation;

import io.solera.rl.measure.Aggregate;
import io.solera.rl.measure.Interval;
import io.solera.train.rollout.ScoredSample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One number for each sample of an evaluation from all of its shaped rewards, in as many ways as the job asks for.
 *
 * @param values [way][sample], NaN where a reward is missing
 */
record Aggregates(List<String> names, List<double[]> values) {
    Aggregates {
        names = List.copyOf(names);
        values = List.copyOf(values);
    }

    static Aggregates of(
            List<Aggregate> asked, List<String> rewards, List<String> observe, List<ScoredSample> samples) {
        double[][] rows =
                Measures.trained(samples.stream().map(ScoredSample::shaped).toArray(double[][]::new), rewards, observe);
        return new Aggregates(
                asked.stream().map(way -> way.name().toLowerCase(Locale.ROOT)).toList(),
                asked.stream().map(way -> way.of(rows)).toList());
    }

    /** The numbers of a sample. */
    List<Double> of(int sample) {
        List<Double> result = new ArrayList<>();
        values.forEach(column -> result.add(column[sample]));
        return result;
    }

    /** The mean of each, with its interval, by name; null where there are none. */
    @Nullable
    Map<String, Interval> means() {
        if (names.isEmpty()) {
            return null;
        }
        Map<String, Interval> means = new LinkedHashMap<>();
        for (int k = 0; k < names.size(); k++) {
            means.put(names.get(k), Interval.ofMean(values.get(k)));
        }
        return means;
    }
}
