package io.solera.train.evaluation;

import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.rl.measure.Interval;
import io.solera.rl.measure.Threshold;
import io.solera.train.rollout.RewardSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How near samples are to what the rewards were made from.
 *
 * @param rewards those that have a domain
 * @param values [sample][reward], NaN where missing
 */
record ApplicabilityDomains(List<String> rewards, double[][] values) {
    /** Over the samples that have a value, and over those of them that meet all thresholds; NaN without any. */
    record Mean(String reward, double mean, double ofSuccesses) {}

    ApplicabilityDomains {
        rewards = List.copyOf(rewards);
    }

    /** The values of some texts. */
    static double[][] score(RewardSet set, List<String> texts) {
        List<RewardSet.Line> lines = set.withDomain();
        double[][] values = new double[texts.size()][lines.size()];
        List<@Nullable String> asked = new ArrayList<>(texts);
        for (int k = 0; k < lines.size(); k++) {
            Reward domain = lines.get(k).domain();
            List<Score> scores = domain == null ? List.of() : domain.score(asked);
            for (int i = 0; i < scores.size(); i++) {
                values[i][k] = scores.get(i).value();
            }
        }
        return values;
    }

    /** @param raw rewards [sample][reward of the job], which tell the successes */
    List<Mean> means(double[][] raw, List<Threshold> thresholds) {
        List<Mean> means = new ArrayList<>();
        for (int k = 0; k < rewards.size(); k++) {
            double[] all = new double[values.length];
            double[] ofSuccesses = new double[values.length];
            for (int i = 0; i < values.length; i++) {
                all[i] = values[i][k];
                ofSuccesses[i] = Threshold.success(raw[i], thresholds) ? values[i][k] : Double.NaN;
            }
            means.add(new Mean(
                    rewards.get(k),
                    Interval.ofMean(all).mean(),
                    Interval.ofMean(ofSuccesses).mean()));
        }
        return means;
    }
}
