package io.solera.train.update;

import io.solera.model.Sequence;
import io.solera.rl.Ragged;
import io.solera.rl.Whitening;
import io.solera.train.learner.Learner;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A rollout as the losses see it: everything that stays fixed while a learner steps through it. Arrays are [b][t]
 * unless said otherwise.
 *
 * @param old log-probabilities under the policy at the time of the rollout
 * @param reference log-probabilities under the reference
 * @param terms one per objective
 */
record Minibatch(List<Sequence> sequences, float[][] old, float[][] reference, List<Term> terms)
        implements Serializable {
    /**
     * What one objective wants.
     *
     * @param scores [b], NaN where missing
     * @param advantages as the algorithm has them
     * @param returns and values, of algorithms with critics
     */
    record Term(Learner.Objective objective, double[] scores, float[][] advantages, float[][] returns, float[][] values)
            implements Serializable {
        boolean[] missing() {
            return Whitening.missing(scores);
        }

        /** The mean advantage of each sample's tokens [b], NaN where the score is missing. */
        double[] meanAdvantages() {
            double[] sums = Ragged.sums(advantages);
            double[] result = new double[scores.length];
            for (int b = 0; b < result.length; b++) {
                result[b] = Double.isNaN(scores[b]) ? Double.NaN : sums[b] / Math.max(1, advantages[b].length);
            }
            return result;
        }

        private Term rows(int[] places) {
            return new Term(
                    objective,
                    IntStream.of(places).mapToDouble(place -> scores[place]).toArray(),
                    select(advantages, places),
                    select(returns, places),
                    select(values, places));
        }
    }

    Minibatch {
        sequences = List.copyOf(sequences);
        terms = List.copyOf(terms);
    }

    int size() {
        return sequences.size();
    }

    long tokenCount() {
        return sequences.stream()
                .mapToLong(sequence -> sequence.tokens().length)
                .sum();
    }

    /** The samples at these places, in this order. */
    Minibatch rows(int[] places) {
        return new Minibatch(
                IntStream.of(places).mapToObj(sequences::get).toList(),
                select(old, places),
                select(reference, places),
                terms.stream().map(term -> term.rows(places)).toList());
    }

    /** Samples {@code from .. to - 1}. */
    Minibatch range(int from, int to) {
        return rows(IntStream.range(from, to).toArray());
    }

    static float[][] select(float[][] rows, int[] places) {
        return rows.length == 0
                ? rows
                : Arrays.stream(places).mapToObj(place -> rows[place]).toArray(float[][]::new);
    }
}
