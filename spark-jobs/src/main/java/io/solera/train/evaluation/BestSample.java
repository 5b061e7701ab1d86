package io.solera.train.evaluation;

import io.solera.rl.measure.GeometricMean;
import io.solera.rl.measure.ParetoFront;
import io.solera.train.rollout.ScoredSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One of the best samples of an evaluation.
 *
 * @param prompt null without prompts
 * @param front whether it is Pareto-efficient
 * @param geometricMean of its shaped rewards
 * @param raw per reward, in its unit; NaN where missing
 * @param shaped per reward, on [0, 1]
 */
public record BestSample(
        @Nullable String prompt, String text, boolean front, double geometricMean, double[] raw, double[] shaped) {
    private static final int MOST = 1000;

    /** The best of distinct samples: the front first, each part by its geometric mean of shaped rewards. */
    static List<BestSample> of(List<ScoredSample> distinct, List<String> rewards, List<String> observe) {
        double[][] rows = Measures.trained(
                distinct.stream().map(ScoredSample::shaped).toArray(double[][]::new), rewards, observe);
        Set<Integer> front = Arrays.stream(ParetoFront.of(rows)).boxed().collect(Collectors.toSet());
        List<BestSample> best = new ArrayList<>();
        for (int i = 0; i < distinct.size(); i++) {
            ScoredSample sample = distinct.get(i);
            best.add(new BestSample(
                    sample.prompt(),
                    sample.text(),
                    front.contains(i),
                    GeometricMean.of(rows[i]),
                    sample.raw(),
                    sample.shaped()));
        }
        best.sort(Comparator.comparing((BestSample one) -> !one.front())
                .thenComparing(
                        Comparator.comparingDouble(BestSample::geometricMean).reversed())
                .thenComparing(BestSample::text));
        return best.subList(0, Math.min(MOST, best.size()));
    }
}
