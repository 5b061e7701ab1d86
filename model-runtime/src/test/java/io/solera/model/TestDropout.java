package io.solera.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import io.solera.checkpoint.Lora;
import io.solera.checkpoint.LoraAdapters;
import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.NetworkConfig;
import io.solera.checkpoint.Policy;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import io.solera.text.WordTokenizer;
import io.solera.text.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dropout of adapters, alone and on the tiny models of {@link TestFamilies}. */
class TestDropout {
    private static final RandomKey KEY = RandomKey.of(7);

    private static float[] mask(double probability, long rows, int columns, RandomKey key) {
        try (NDManager manager = Torch.manager()) {
            return Torch.read(new Dropout(probability).mask(manager, rows, columns, key));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.5, 0.9})
    void aShareIsDroppedAndTheMeanStays(double probability) {
        int rows = 300;
        int columns = 777;
        float[] mask = mask(probability, rows, columns, KEY);
        float kept = (float) (1 / (1 - probability));
        assertThat(mask).hasSize(rows * columns).containsOnly(0, kept);
        int zeros = 0;
        double sum = 0;
        int pairs = 0; // neighbours, which are halves of the same bits, that are dropped both
        for (int k = 0; k < mask.length; k++) {
            sum += mask[k];
            zeros += mask[k] == 0 ? 1 : 0;
            pairs += k % 2 == 1 && mask[k] == 0 && mask[k - 1] == 0 ? 1 : 0;
        }
        double n = mask.length;
        double deviation = Math.sqrt(probability * (1 - probability) / n);
        assertThat(zeros / n).isCloseTo(probability, within(4 * deviation));
        assertThat(sum / n).isCloseTo(1, within(4 * deviation * kept + 1e-6));
        double both = probability * probability;
        assertThat(2 * pairs / n).isCloseTo(both, within(4 * Math.sqrt(2 * both * (1 - both) / n)));
    }

    @Test
    void numbersDependOnKeyRowAndColumnAlone() {
        // 300 odd rows are drawn in several parts, 5 in one
        float[] many = mask(0.3, 300, 777, KEY);
        assertThat(mask(0.3, 5, 777, KEY)).isEqualTo(Arrays.copyOf(many, 5 * 777));
        float[] wide = mask(0.3, 2, 70_001, KEY);
        assertThat(Arrays.copyOf(mask(0.3, 300, 777, KEY), 2 * 70_001)).isEqualTo(wide);
        assertThat(mask(0.3, 300, 777, KEY.with(0))).isNotEqualTo(many);
        for (int number : new int[] {0, 1, 776, 777, 140_001}) {
            long bits = KEY.bits(number / 2);
            long half = number % 2 == 0 ? bits >>> 32 : bits & 0xFFFFFFFFL;
            assertThat(many[number] == 0).isEqualTo(half * 0x1p-32 < 0.3);
        }
    }

    private static NetworkConfig config(String family) throws IOException {
        return ModelFolder.config(Golden.folder(family));
    }

    private static Policy policy(String family, Lora lora) throws IOException {
        return new Policy(
                config(family),
                WordTokenizer.of(Words.SMILES, List.of("CNO"), 1),
                ModelFolder.weights(Golden.folder(family), config(family)),
                new LoraAdapters(lora));
    }

    /** Five ranks that do something. */
    private static BlockVector ranks(Lora lora) {
        float[] values = new float[5 * lora.factors().rankSize()];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) (0.2 * RandomKey.of(2).gaussian(k));
        }
        return BlockVector.of(values);
    }

    /** More than one batch, of several lengths. */
    private static List<Sequence> sequences() {
        List<Sequence> sequences = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            int[] tokens = new int[3 + i % 5];
            for (int t = 0; t < tokens.length; t++) {
                tokens[t] = 3 + RandomKey.of(i).index(t, 4);
            }
            sequences.add(new Sequence(new int[] {1}, tokens));
        }
        return sequences;
    }

    private static Likelihood likelihood(Network network, Policy policy) {
        return new Likelihood(network, policy.tokenizer().special(), 1);
    }

    private static float[] gradient(Network network, Policy policy, RandomKey key) {
        return likelihood(network, policy)
                .gradient(sequences(), key, seen -> ones(seen.logProbabilities()))
                .toArray();
    }

    /** The log-probabilities of the pass that a gradient is computed from. */
    private static float[][] seen(Network network, Policy policy, RandomKey key) {
        float[][][] seen = new float[1][][];
        likelihood(network, policy).gradient(sequences(), key, tokens -> {
            seen[0] = tokens.logProbabilities();
            return ones(seen[0]);
        });
        return seen[0];
    }

    private static float[][] ones(float[][] like) {
        float[][] ones = Arrays.stream(like).map(float[]::clone).toArray(float[][]::new);
        Arrays.stream(ones).forEach(row -> Arrays.fill(row, 1));
        return ones;
    }

    private static double sum(float[][] values) {
        double sum = 0;
        for (float[] row : values) {
            for (float value : row) {
                sum += value;
            }
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama", "qwen2"})
    void gradientsAreThoseOfThePassThatDropped(String family) throws IOException {
        Lora lora = Lora.of(config(family), 2, 4, false, List.of()).withDropout(0.25);
        Policy policy = policy(family, lora);
        BlockVector ranks = ranks(lora);
        try (Network network = Network.of(config(family))) {
            network.set(policy, ranks);
            float[][] undropped = likelihood(network, policy).logProbabilities(sequences());
            float[] gradient = gradient(network, policy, KEY);
            assertThat(gradient(network, policy, KEY)).isEqualTo(gradient);
            assertThat(gradient(network, policy, KEY.with(1))).isNotEqualTo(gradient);
            double norm = BlockVector.of(gradient).norm();
            float[] twice = new Likelihood(network, policy.tokenizer().special(), 1, true)
                    .gradient(sequences(), KEY, seen -> ones(seen.logProbabilities()))
                    .toArray();
            assertThat(twice)
                    .as("layers that are computed again drop the same")
                    .containsExactly(gradient, within((float) (1e-5 * norm)));
            assertThat(sum(seen(network, policy, KEY))).isNotCloseTo(sum(undropped), within(1e-2));
            assertThat(likelihood(network, policy).logProbabilities(sequences()))
                    .as("what is not differentiated drops nothing")
                    .isDeepEqualTo(undropped);
            // directional derivative by central differences along the gradient, which is of the two last ranks
            double step = 2e-3;
            network.set(policy, moved(ranks, gradient, step / norm));
            double up = sum(seen(network, policy, KEY));
            network.set(policy, moved(ranks, gradient, -step / norm));
            double down = sum(seen(network, policy, KEY));
            assertThat((up - down) / (2 * step)).isCloseTo(norm, within(0.01 * norm));
        }
    }

    private static BlockVector moved(BlockVector ranks, float[] gradient, double by) {
        float[] values = ranks.toArray();
        for (int k = 0; k < gradient.length; k++) {
            values[values.length - gradient.length + k] += (float) (by * gradient[k]);
        }
        return BlockVector.of(values);
    }

    @Test
    void fixedRanksSeeWhatTrainedOnesSee() throws IOException {
        Lora two = Lora.of(config("llama"), 2, 4, false, List.of()).withDropout(0.25);
        Lora five = Lora.of(config("llama"), 5, 10, false, List.of()).withDropout(0.25);
        BlockVector ranks = ranks(two);
        try (Network network = Network.of(config("llama"))) {
            network.set(policy("llama", two), ranks);
            float[][] apart = seen(network, policy("llama", two), KEY);
            network.set(policy("llama", five), ranks);
            float[][] together = seen(network, policy("llama", five), KEY);
            for (int b = 0; b < apart.length; b++) {
                assertThat(apart[b]).containsExactly(together[b], within(1e-4f));
            }
        }
    }

    @Test
    void eachRowOfEachBatchHasItsOwnMask() throws IOException {
        Lora lora = Lora.of(config("gpt2"), 2, 4, false, List.of()).withDropout(0.25);
        Policy policy = policy("gpt2", lora);
        int count = 2 * Likelihood.rows(7);
        List<Sequence> equal = Collections.nCopies(count, sequences().get(4));
        float[][][] seen = new float[1][][];
        try (Network network = Network.of(config("gpt2"))) {
            network.set(policy, ranks(lora));
            likelihood(network, policy).gradient(equal, KEY, tokens -> {
                seen[0] = tokens.logProbabilities();
                return ones(seen[0]);
            });
        }
        assertThat(Arrays.stream(seen[0]).map(Arrays::toString).distinct()).hasSize(count);
    }

    @Test
    void zeroIsNoDropout() throws IOException {
        Lora lora = Lora.of(config("llama"), 2, 4, false, List.of());
        Policy policy = policy("llama", lora);
        try (Network network = Network.of(config("llama"))) {
            network.set(policy, ranks(lora));
            float[] gradient = gradient(network, policy, KEY);
            assertThat(gradient(network, policy, KEY.with(1))).isEqualTo(gradient);
            assertThat(seen(network, policy, KEY))
                    .isDeepEqualTo(likelihood(network, policy).logProbabilities(sequences()));
            network.set(policy.with(new LoraAdapters(lora.withDropout(0.25))), ranks(lora));
            assertThat(gradient(network, policy, KEY)).isNotEqualTo(gradient);
            network.set(policy, ranks(lora));
            assertThat(gradient(network, policy, KEY)).isEqualTo(gradient);
        }
    }

    @Test
    void nothingIsDroppedAfterAPassThatFailed() throws IOException {
        Lora lora = Lora.of(config("llama"), 2, 4, false, List.of()).withDropout(0.25);
        Policy policy = policy("llama", lora);
        try (Network network = Network.of(config("llama"))) {
            network.set(policy, ranks(lora));
            float[][] before = likelihood(network, policy).logProbabilities(sequences());
            assertThatThrownBy(() -> likelihood(network, policy).gradient(sequences(), KEY, seen -> {
                        throw new IllegalStateException("failed");
                    }))
                    .hasMessage("failed");
            assertThat(likelihood(network, policy).logProbabilities(sequences()))
                    .isDeepEqualTo(before);
        }
    }

    @Test
    void aProbabilityIsBelowOne() {
        for (double dropout : new double[] {-0.1, 1, Double.NaN}) {
            assertThatThrownBy(() -> new Lora(1, 1, List.of(), dropout))
                    .hasMessage("Invalid dropout: %s (must be 0 for none, or more and below 1)".formatted(dropout));
        }
    }
}
