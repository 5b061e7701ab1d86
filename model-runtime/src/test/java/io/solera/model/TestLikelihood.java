package io.solera.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.solera.checkpoint.Gpt2Config;
import io.solera.model.Likelihood.Tokens;
import io.solera.rl.BlockVector;
import io.solera.rl.Ragged;
import io.solera.rl.RandomKey;
import io.solera.text.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestLikelihood {
    private static final Vocabulary VOCABULARY = Vocabulary.of(List.of("C", "N", "O"));
    private static final Gpt2Config CONFIG = Gpt2Config.of(7, 12, 8, 2, 2);

    private static BlockVector weights() {
        BlockVector small = InitialWeights.of(CONFIG, RandomKey.of(1));
        return small.scaledPlus(9, small);
    }

    /** Sequences of 0 to 8 tokens. */
    private static List<Sequence> sequences(int count) {
        List<Sequence> sequences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RandomKey key = RandomKey.of(3).with(i);
            int[] sequence = new int[key.index(99, 9)];
            for (int t = 0; t < sequence.length; t++) {
                sequence[t] = 2 + key.index(t, 5);
            }
            sequences.add(new Sequence(new int[] {VOCABULARY.bos()}, sequence));
        }
        return sequences;
    }

    @Test
    void aSequenceHasTheSameValuesInAnyCompany() {
        List<Sequence> sequences = sequences(40);
        try (Gpt2 network = new Gpt2(CONFIG)) {
            network.set(weights());
            Likelihood likelihood = new Likelihood(network, VOCABULARY.special(), 1);
            float[][] together = likelihood.logProbabilities(sequences);
            float[][] hidden = likelihood.hidden(sequences);
            Likelihood.States states = likelihood.states(sequences, true);
            assertThat(states.hidden()).isDeepEqualTo(hidden);
            assertThat(states.logProbabilities()).isDeepEqualTo(together);
            for (int b = 0; b < sequences.size(); b++) {
                List<Sequence> alone = List.of(sequences.get(b));
                assertThat(together[b]).hasSize(sequences.get(b).tokens().length);
                assertThat(likelihood.logProbabilities(alone)[0]).containsExactly(together[b], within(1e-4f));
                assertThat(likelihood.hidden(alone)[0]).containsExactly(hidden[b], within(1e-4f));
            }
        }
    }

    @Test
    void entropyIsThatOfTheDistribution() {
        try (Gpt2 network = new Gpt2(CONFIG)) {
            network.set(weights());
            Likelihood likelihood = new Likelihood(network, VOCABULARY.special(), 1);
            List<Sequence> everyToken = new ArrayList<>();
            for (int token = 0; token < 7; token++) {
                everyToken.add(new Sequence(new int[] {VOCABULARY.bos()}, new int[] {token}));
            }
            double expected = 0;
            double total = 0;
            for (float[] logp : likelihood.logProbabilities(everyToken)) {
                expected -= Math.exp(logp[0]) * logp[0];
                total += Math.exp(logp[0]);
            }
            float[][] entropy = new float[1][];
            likelihood.gradient(everyToken, RandomKey.of(1), tokens -> {
                entropy[0] = tokens.entropy()[3];
                return new float[7][1];
            });
            assertThat(total).isCloseTo(1, within(1e-5));
            assertThat((double) entropy[0][0]).isCloseTo(expected, within(1e-5));
        }
    }

    @Test
    void hiddenStatesOfThePassAreGivenAndTheirGradientIsAdded() {
        List<Sequence> sequences = sequences(40);
        BlockVector theta = weights();
        try (Gpt2 network = new Gpt2(CONFIG)) {
            network.set(theta);
            Likelihood likelihood = new Likelihood(network, VOCABULARY.special(), 1.3);
            float[] plain = likelihood
                    .gradient(sequences, RandomKey.of(1), Tokens::logProbabilities)
                    .toArray();
            float[] withNone = gradient(likelihood, sequences, Ragged::zerosLike);
            assertThat(withNone).containsExactly(plain, within(1e-4f));
            // of sum c log pi + sum h^3 / 3, whose dL/dh is h^2
            float[] gradient = gradient(likelihood, sequences, hidden -> {
                assertThat(hidden).isDeepEqualTo(likelihood.hidden(sequences));
                return powers(hidden, 2);
            });
            assertThat(gradient).isNotEqualTo(plain);
            float[] recomputed = gradient(
                    new Likelihood(network, VOCABULARY.special(), 1.3, true), sequences, hidden -> powers(hidden, 2));
            float largest = 0;
            for (float value : gradient) {
                largest = Math.max(largest, Math.abs(value));
            }
            assertThat(recomputed).containsExactly(gradient, within(1e-5f * largest));
            float[][] c = likelihood.logProbabilities(sequences);
            BlockVector direction = BlockVector.of(gradient);
            double norm = direction.norm();
            double step = 2e-3 / norm;
            double up = loss(network, likelihood, theta.scaledPlus(step, direction), sequences, c);
            double down = loss(network, likelihood, theta.scaledPlus(-step, direction), sequences, c);
            assertThat((up - down) / (2 * step)).isCloseTo(norm * norm, withinPercentage(1));
        }
    }

    private static float[] gradient(
            Likelihood likelihood, List<Sequence> sequences, UnaryOperator<float[][]> ofHidden) {
        return likelihood
                .gradients(
                        sequences,
                        RandomKey.of(1),
                        true,
                        (tokens, hidden) ->
                                List.of(new Likelihood.Derivatives(tokens.logProbabilities(), ofHidden.apply(hidden))))
                .get(0)
                .toArray();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void severalLossesHaveTheGradientsThatTheyHaveAlone(boolean recomputes) {
        List<Sequence> sequences = sequences(40);
        try (Gpt2 network = new Gpt2(CONFIG)) {
            network.set(weights());
            Likelihood likelihood = new Likelihood(network, VOCABULARY.special(), 1.3, recomputes);
            List<Likelihood.Losses> losses = List.of(
                    (tokens, hidden) ->
                            List.of(new Likelihood.Derivatives(tokens.logProbabilities(), powers(hidden, 2))),
                    (tokens, hidden) ->
                            List.of(new Likelihood.Derivatives(powers(tokens.entropy(), 2), new float[0][])),
                    (tokens, hidden) -> List.of(new Likelihood.Derivatives(tokens.entropy(), powers(hidden, 1))));
            List<BlockVector> together = likelihood.gradients(
                    sequences,
                    RandomKey.of(1),
                    true,
                    (tokens, hidden) -> losses.stream()
                            .map(loss -> loss.of(tokens, hidden).get(0))
                            .toList());
            assertThat(together).hasSize(3);
            for (int k = 0; k < 3; k++) {
                assertThat(together.get(k).norm()).isPositive();
                assertThat(likelihood.gradients(sequences, RandomKey.of(1), true, losses.get(k)))
                        .containsExactly(together.get(k));
            }
            assertThat(likelihood.gradients(
                            List.of(),
                            RandomKey.of(1),
                            false,
                            (tokens, hidden) -> losses.stream()
                                    .map(loss -> new Likelihood.Derivatives(new float[0][], new float[0][]))
                                    .toList()))
                    .hasSize(3)
                    .allMatch(zero -> zero.norm() == 0);
        }
    }

    private static double loss(
            Gpt2 network, Likelihood likelihood, BlockVector theta, List<Sequence> sequences, float[][] c) {
        network.set(theta);
        float[][] logp = likelihood.logProbabilities(sequences);
        double sum = 0;
        for (int b = 0; b < c.length; b++) {
            for (int t = 0; t < c[b].length; t++) {
                sum += c[b][t] * logp[b][t];
            }
        }
        for (double row : Ragged.sums(powers(likelihood.hidden(sequences), 3))) {
            sum += row / 3;
        }
        return sum;
    }

    private static float[][] powers(float[][] values, int exponent) {
        float[][] result = Ragged.zerosLike(values);
        for (int b = 0; b < values.length; b++) {
            for (int k = 0; k < values[b].length; k++) {
                result[b][k] = (float) Math.pow(values[b][k], exponent);
            }
        }
        return result;
    }

    @Test
    void theGradientOfManyIsTheSumOfTheGradientsOfEach() {
        List<Sequence> sequences = sequences(20);
        try (Gpt2 network = new Gpt2(CONFIG)) {
            network.set(weights());
            Likelihood likelihood = new Likelihood(network, VOCABULARY.special(), 1.3);
            float[] together = likelihood
                    .gradient(sequences, RandomKey.of(1), tokens -> tokens.logProbabilities())
                    .toArray();
            float[] sum = new float[together.length];
            for (Sequence sequence : sequences) {
                float[] one = likelihood
                        .gradient(List.of(sequence), RandomKey.of(1), tokens -> tokens.logProbabilities())
                        .toArray();
                for (int k = 0; k < sum.length; k++) {
                    sum[k] += one[k];
                }
            }
            float largest = 0;
            for (float value : sum) {
                largest = Math.max(largest, Math.abs(value));
            }
            assertThat(together).containsExactly(sum, within(1e-4f * largest));
            assertThat(likelihood
                            .gradient(List.of(), RandomKey.of(1), tokens -> new float[0][])
                            .toArray())
                    .containsOnly(0);
        }
    }

    @Test
    void layersThatAreComputedTwiceGiveTheSameGradient() {
        List<Sequence> sequences = sequences(40);
        try (Gpt2 network = new Gpt2(CONFIG)) {
            network.set(weights());
            float[] held = new Likelihood(network, VOCABULARY.special(), 1.3)
                    .gradient(sequences, RandomKey.of(1), Tokens::logProbabilities)
                    .toArray();
            Likelihood twice = new Likelihood(network, VOCABULARY.special(), 1.3, true);
            float largest = 0;
            for (float value : held) {
                largest = Math.max(largest, Math.abs(value));
            }
            assertThat(twice.gradient(sequences, RandomKey.of(1), Tokens::logProbabilities)
                            .toArray())
                    .containsExactly(held, within(1e-5f * largest));
            assertThat(twice.gradient(sequences, RandomKey.of(1), Tokens::logProbabilities))
                    .as("nothing is left of the first")
                    .isEqualTo(twice.gradient(sequences, RandomKey.of(1), Tokens::logProbabilities));
        }
    }
}
