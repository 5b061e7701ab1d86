package io.solera.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.solera.checkpoint.Gpt2Config;
import io.solera.rl.AdamW;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import io.solera.text.Vocabulary;
import io.solera.text.WordTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TestGpt2 {
    private static final WordTokenizer TOKENIZER =
            WordTokenizer.smiles(List.of("CC(=O)Oc1ccccc1C(=O)O", "C[C@@H](N)CBr", "[NH3+]CCl"));
    private static final Vocabulary VOCABULARY = TOKENIZER.vocabulary();
    private static final Gpt2Config CONFIG = Gpt2Config.of(VOCABULARY.size(), 40, 32, 2, 4);

    private static BlockVector weights(long seed) {
        // ten times the usual deviation: an untrained network that has preferences
        BlockVector small = InitialWeights.of(CONFIG, RandomKey.of(seed));
        return small.scaledPlus(5, small);
    }

    private static List<RandomKey> keys(int count) {
        return LongStream.range(0, count).mapToObj(RandomKey.of(7)::with).toList();
    }

    @Test
    void generationAndFullForwardAgree() {
        try (Gpt2 network = new Gpt2(CONFIG)) {
            network.set(weights(1));
            for (double temperature : new double[] {1, 0.7}) {
                SamplingSettings settings = new SamplingSettings(30, temperature, 0, 1);
                List<Completion> samples = new Generator(network, VOCABULARY.special(), settings).generate(keys(40));
                List<Sequence> tokens = Sequence.unprompted(
                        VOCABULARY.special(),
                        samples.stream().map(Completion::tokens).toList());
                float[][] full = new Likelihood(network, VOCABULARY.special(), temperature).logProbabilities(tokens);
                for (int b = 0; b < full.length; b++) {
                    assertThat(full[b]).containsExactly(samples.get(b).logProbabilities(), within(1e-4f));
                }
                assertThat(samples).anyMatch(Completion::ended);
            }
        }
    }

    @Test
    void samplesDependOnTheirKeysOnly() {
        try (Gpt2 network = new Gpt2(CONFIG)) {
            network.set(weights(2));
            Generator generator = new Generator(network, VOCABULARY.special(), SamplingSettings.plain(30));
            List<Completion> all = generator.generate(keys(32));
            List<Completion> few = generator.generate(keys(3));
            for (int b = 0; b < few.size(); b++) {
                assertThat(few.get(b).tokens()).isEqualTo(all.get(b).tokens());
            }
        }
    }

    @Test
    void gradientIsThatOfTheWeightedSum() {
        List<Sequence> sequences = Sequence.unprompted(
                VOCABULARY.special(),
                List.of(TOKENIZER.encode("CC(=O)O"), TOKENIZER.encode("C[C@@H](N)CBr"), TOKENIZER.encode("c1ccccc1")));
        float[][] c = sequences.stream()
                .map(s -> {
                    float[] row = new float[s.tokens().length];
                    Arrays.fill(row, 0.3f);
                    row[0] = -0.5f;
                    return row;
                })
                .toArray(float[][]::new);
        BlockVector theta = weights(3);
        try (Gpt2 network = new Gpt2(CONFIG)) {
            network.set(theta);
            Likelihood likelihood = new Likelihood(network, VOCABULARY.special(), 1);
            float[] gradient =
                    likelihood.gradient(sequences, RandomKey.of(1), tokens -> c).toArray();
            float[] again =
                    likelihood.gradient(sequences, RandomKey.of(1), tokens -> c).toArray();
            assertThat(again).as("gradients do not add up over calls").isEqualTo(gradient);
            // directional derivative by central differences along the gradient
            BlockVector direction = BlockVector.of(gradient);
            double norm = direction.norm();
            double step = 1e-2 / norm;
            double up = weighted(network, likelihood, theta.scaledPlus(step / norm, direction), sequences, c);
            double down = weighted(network, likelihood, theta.scaledPlus(-step / norm, direction), sequences, c);
            assertThat((up - down) / (2 * step)).isCloseTo(norm, within(0.01 * norm));
        }
    }

    private static double weighted(
            Gpt2 network, Likelihood likelihood, BlockVector theta, List<Sequence> sequences, float[][] c) {
        network.set(theta);
        float[][] logp = likelihood.logProbabilities(sequences);
        double sum = 0;
        for (int b = 0; b < logp.length; b++) {
            for (int t = 0; t < logp[b].length; t++) {
                sum += c[b][t] * logp[b][t];
            }
        }
        return sum;
    }

    @Test
    void twoThreadsTrainAtOnce() throws InterruptedException {
        List<Sequence> sequences = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            sequences.add(new Sequence(new int[] {VOCABULARY.bos()}, TOKENIZER.encode("CC(=O)Oc1ccccc1C(=O)O")));
        }
        float[][] results = new float[2][];
        Thread[] threads = new Thread[2];
        for (int i = 0; i < 2; i++) {
            int place = i;
            threads[i] = new Thread(() -> {
                try (Gpt2 network = new Gpt2(CONFIG)) {
                    network.set(weights(4));
                    BlockVector theta = weights(4).copy();
                    AdamW adam = new AdamW(new AdamW.Settings(0.9, 0.999, 1e-8, 0.01), AdamW.State.fresh(theta.size()));
                    for (int step = 0; step < 20; step++) {
                        BlockVector gradient = new Likelihood(network, VOCABULARY.special(), 1)
                                .gradient(
                                        sequences,
                                        RandomKey.of(1),
                                        tokens -> filled(tokens.logProbabilities(), -0.01f));
                        adam.step(theta, gradient, 1e-3);
                        network.refill(theta);
                    }
                    results[place] = theta.toArray();
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(results[1]).isEqualTo(results[0]);
    }

    private static float[][] filled(float[][] like, float value) {
        float[][] result = new float[like.length][];
        for (int b = 0; b < like.length; b++) {
            result[b] = new float[like[b].length];
            Arrays.fill(result[b], value);
        }
        return result;
    }
}
