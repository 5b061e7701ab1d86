package io.solera.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.solera.checkpoint.Gpt2Config;
import io.solera.checkpoint.Lora;
import io.solera.checkpoint.LoraAdapters;
import io.solera.checkpoint.Policy;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import io.solera.text.Vocabulary;
import io.solera.text.WordTokenizer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestNativeMemory {
    private static final Vocabulary VOCABULARY = Vocabulary.of(List.of("C", "N", "O"));
    private static final Gpt2Config CONFIG = new Gpt2Config(7, 12, 8, 2, 2, 16, Gpt2Config.Activation.GELU_NEW, 1e-5);
    private static final List<Sequence> SEQUENCES = Sequence.unprompted(
            VOCABULARY.special(), List.of(new int[] {4, 5, 6, 2}, new int[] {6, 6, 2}, new int[] {2}));

    @Test
    void garbageCollectionBetweenForwardAndBackwardDoesNotChangeTheGradient() {
        try (Gpt2 network = new Gpt2(CONFIG)) {
            network.set(InitialWeights.of(CONFIG, RandomKey.of(1)));
            Likelihood likelihood = new Likelihood(network, VOCABULARY.special(), 0.7);
            float[] gradient = likelihood
                    .gradient(SEQUENCES, RandomKey.of(1), tokens -> ones(tokens.logProbabilities()))
                    .toArray();
            for (int repeat = 0; repeat < 3; repeat++) {
                float[] disturbed = likelihood
                        .gradient(SEQUENCES, RandomKey.of(1), tokens -> {
                            overwriteFreedBuffers();
                            return ones(tokens.logProbabilities());
                        })
                        .toArray();
                assertThat(disturbed).isEqualTo(gradient);
            }
        }
    }

    /** Five ranks that do something, of which two are trained. */
    private static void setAdapters(Network network, Lora lora) {
        Policy policy = new Policy(
                CONFIG,
                WordTokenizer.smiles(List.of("CNO")),
                InitialWeights.of(CONFIG, RandomKey.of(1)),
                new LoraAdapters(lora));
        float[] values =
                Lora.of(CONFIG, 5, 4, false, List.of()).fresh(RandomKey.of(2)).toArray();
        for (int k = 0; k < values.length; k++) {
            values[k] += (float) (0.2 * RandomKey.of(3).gaussian(k));
        }
        network.set(policy, BlockVector.of(values));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3})
    void norTheGradientOfAdapters(double dropout) {
        Lora lora = Lora.of(CONFIG, 2, 4, false, List.of()).withDropout(dropout);
        try (Gpt2 network = new Gpt2(CONFIG)) {
            setAdapters(network, lora);
            Likelihood likelihood = new Likelihood(network, VOCABULARY.special(), 0.7);
            float[] gradient = likelihood
                    .gradient(SEQUENCES, RandomKey.of(1), tokens -> ones(tokens.logProbabilities()))
                    .toArray();
            assertThat(gradient).hasSize(2 * lora.factors().rankSize());
            for (int repeat = 0; repeat < 3; repeat++) {
                float[] disturbed = likelihood
                        .gradient(SEQUENCES, RandomKey.of(1), tokens -> {
                            overwriteFreedBuffers();
                            return ones(tokens.logProbabilities());
                        })
                        .toArray();
                assertThat(disturbed).isEqualTo(gradient);
            }
        }
    }

    /** Frees the direct buffers that nothing holds, and writes all over the memory they had. */
    private static void overwriteFreedBuffers() {
        for (int wait = 0; wait < 2; wait++) {
            System.gc();
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            List<ByteBuffer> junk = new ArrayList<>();
            for (int size = 4; size <= 4096; size *= 2) {
                for (int i = 0; i < 200; i++) {
                    ByteBuffer buffer = ByteBuffer.allocateDirect(size);
                    while (buffer.hasRemaining()) {
                        buffer.put((byte) 0x7f);
                    }
                    junk.add(buffer);
                }
            }
            assertThat(junk).hasSize(2200);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void gradientsAndSamplesLeaveNoArrayBehind(boolean adapters) {
        try (Gpt2 network = new Gpt2(CONFIG)) {
            if (adapters) {
                setAdapters(network, Lora.of(CONFIG, 2, 4, false, List.of()).withDropout(0.3));
            } else {
                network.set(InitialWeights.of(CONFIG, RandomKey.of(1)));
            }
            Likelihood likelihood = new Likelihood(network, VOCABULARY.special(), 0.7);
            Likelihood twice = new Likelihood(network, VOCABULARY.special(), 0.7, true);
            Generator generator = new Generator(network, VOCABULARY.special(), SamplingSettings.plain(10));
            int before = -1;
            for (int repeat = 0; repeat < 50; repeat++) {
                likelihood.gradient(SEQUENCES, RandomKey.of(1), tokens -> ones(tokens.logProbabilities()));
                twice.gradient(SEQUENCES, RandomKey.of(1), tokens -> ones(tokens.logProbabilities()));
                likelihood.states(SEQUENCES, true);
                generator.generate(LongStream.range(0, 12)
                        .mapToObj(RandomKey.of(repeat)::with)
                        .toList());
                before = before < 0 ? arrays(network) : before;
            }
            assertThat(arrays(network)).isEqualTo(before);
        }
    }

    /** Arrays held by the network's manager and by the engine's. */
    private static int arrays(Gpt2 network) {
        try (NDManager scope = network.scope(false)) {
            NDManager ofNetwork = scope.getParentManager();
            return ofNetwork.getManagedArrays().size()
                    + ofNetwork.getParentManager().getManagedArrays().size();
        }
    }

    private static float[][] ones(float[][] like) {
        return Arrays.stream(like)
                .map(row -> {
                    float[] ones = new float[row.length];
                    Arrays.fill(ones, 1);
                    return ones;
                })
                .toArray(float[][]::new);
    }
}
