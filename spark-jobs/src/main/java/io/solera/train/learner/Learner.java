package io.solera.train.learner;

import io.solera.config.Method;
import io.solera.config.RunName;
import io.solera.rl.blend.Scalarization;
import io.solera.rl.blend.WeightedMean;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A policy in training and what it learns from. An expert has one objective, its reward; in gradient mode one learner
 * has all, whose gradients at the same point are added; {@code morlhf} has one that mixes all rewards in one score, as
 * have the methods with a joint advantage. A learner may have shards, which train on a part of its samples each, and
 * are averaged when a round ends.
 *
 * @param name of the learner, with the number of the shard where it has several
 * @param shard from 0
 */
public record Learner(String name, int shard, List<Objective> objectives) implements Serializable {
    /**
     * @param name of the reward, and of its critic
     * @param weight of its gradient in the sum
     * @param mix weights of the rewards in the score; one-hot: that reward as it is
     */
    public record Objective(String name, double weight, double[] mix) implements Serializable {
        /** Scores [B] from shaped rewards [N][B]; NaN where missing. */
        public double[] scores(double[][] shaped) {
            int[] used = IntStream.range(0, mix.length).filter(i -> mix[i] != 0).toArray();
            return used.length == 1 ? shaped[used[0]].clone() : Scalarization.scores(shaped, mix);
        }
    }

    public Learner {
        objectives = List.copyOf(objectives);
    }

    /** Learners with {@code count} shards each, those of a learner one after the other. */
    public static List<Learner> shards(List<Learner> learners, int count) {
        if (count == 1) {
            return learners;
        }
        List<Learner> shards = new ArrayList<>();
        for (Learner learner : learners) {
            for (int k = 0; k < count; k++) {
                // no reward's name has a hyphen
                shards.add(new Learner(learner.name + "-" + (k + 1), k, learner.objectives));
            }
        }
        return shards;
    }

    /**
     * What a sample is worth to the learner: the mean of its shaped rewards with the weights of objectives and mixes,
     * for an expert the shaped reward itself; missing where one of them is.
     */
    public double score(double[] shaped) {
        double score = 0;
        for (Objective objective : objectives) {
            for (int i = 0; i < shaped.length; i++) {
                if (objective.mix()[i] != 0) {
                    score += objective.weight() * objective.mix()[i] * shaped[i];
                }
            }
        }
        return score;
    }

    /** The learners of a mode, all N of them. */
    public static List<Learner> of(Method.Mode mode, List<String> rewards, double[] weights) {
        return of(mode, rewards, weights, rewards);
    }

    /** The learners of a mode that trains on some of the rewards; the others have no part in any score. */
    public static List<Learner> of(Method.Mode mode, List<String> rewards, double[] weights, List<String> used) {
        List<Objective> single = new ArrayList<>();
        double[] alphas = WeightedMean.of(IntStream.range(0, weights.length)
                .mapToDouble(i -> used.contains(rewards.get(i)) ? weights[i] : 0)
                .toArray());
        for (int i = 0; i < weights.length; i++) {
            if (used.contains(rewards.get(i))) {
                double[] mix = new double[weights.length];
                mix[i] = 1;
                single.add(new Objective(rewards.get(i), mode == Method.Mode.EXPERTS ? 1 : alphas[i], mix));
            }
        }
        return switch (mode) {
            case EXPERTS ->
                single.stream()
                        .map(objective -> new Learner(objective.name(), 0, List.of(objective)))
                        .toList();
            case LOSSES -> List.of(new Learner(RunName.POLICY.text(), 0, single));
            case SCORE ->
                List.of(new Learner(
                        RunName.POLICY.text(),
                        0,
                        List.of(new Objective(RunName.SCALARISED.text(), 1, Arrays.copyOf(alphas, alphas.length)))));
        };
    }
}
