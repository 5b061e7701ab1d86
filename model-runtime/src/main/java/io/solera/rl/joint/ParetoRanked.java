package io.solera.rl.joint;

import io.solera.rl.GroupRelative;
import io.solera.rl.Setting;
import io.solera.rl.measure.CrowdingDistance;
import io.solera.rl.measure.ParetoRank;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Advantages from non-dominated ranks, as in ParetoPO (Li et al., ICML 2026, arXiv 2606.16111), with crowding: the
 * order of NSGA-II (K. Deb et al., IEEE Trans. Evol. Comput. 6, 182, 2002), within each prompt's group, or within the
 * rollout where there are no prompts:
 *
 * <ol>
 *   <li>rank_b by {@link ParetoRank}, 1 for the front; c_b by {@link CrowdingDistance} among samples of the same rank.
 *   <li>s_b = -rank_b + c_b / (2 (1 + c_b)), with 1/2 for an infinite c: a better rank always counts more than room.
 *   <li>A_b = (s_b - mean) / (deviation + 1e-4) over the group ({@link GroupRelative}).
 * </ol>
 *
 * No reward is weighed against another, so weights have no effect, except that a reward with weight 0 has no part. A
 * sample that lacks one of the rewards is missing. The formula is ours: ParetoPO's second stage follows the ranks too,
 * and was not compared.
 */
public record ParetoRanked() implements JointAdvantage {
    @Override
    public Result of(double[][] shaped, double[] weights, int groupSize) {
        Setting.atLeast("group-size", groupSize, 1);
        double[][] rows = Used.rows(shaped, Used.of(weights));
        double[] scores = new double[rows.length];
        int end;
        for (int start = 0; start < rows.length; start = end) {
            end = (int) Math.min(rows.length, (long) start + groupSize);
            double[] group = scores(Arrays.copyOfRange(rows, start, end));
            System.arraycopy(group, 0, scores, start, group.length);
        }
        double[] advantages = GroupRelative.advantages(scores, groupSize);
        for (int b = 0; b < scores.length; b++) {
            advantages[b] = Double.isNaN(scores[b]) ? Double.NaN : advantages[b];
        }
        return new Result(advantages, new double[0]);
    }

    /** s of a group, NaN where missing. */
    static double[] scores(double[][] rows) {
        double[] ranks = ParetoRank.of(rows);
        double[] scores = new double[rows.length];
        Arrays.fill(scores, Double.NaN);
        double worst = Arrays.stream(ranks).filter(rank -> rank > 0).max().orElse(0);
        for (int rank = 1; rank <= worst; rank++) {
            int of = rank;
            int[] front =
                    IntStream.range(0, rows.length).filter(b -> ranks[b] == of).toArray();
            double[] room = CrowdingDistance.of(
                    Arrays.stream(front).mapToObj(b -> rows[b]).toArray(double[][]::new));
            for (int k = 0; k < front.length; k++) {
                double share = Double.isInfinite(room[k]) ? 1 : room[k] / (1 + room[k]);
                scores[front[k]] = -rank + share / 2;
            }
        }
        return scores;
    }
}
