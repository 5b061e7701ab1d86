package io.solera.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.solera.checkpoint.ClasspathFolder;
import io.solera.checkpoint.Folder;
import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.NetworkConfig;
import io.solera.checkpoint.ParameterLayout;
import io.solera.checkpoint.Safetensors;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tiny models made by transformers ({@code docs/reference/families.py}), and what it computes of them. */
class TestFamilies {
    private static final int ROWS = 3;
    private static final int TOKENS = 9;
    private static final int NEW = 12;

    /** What transformers says of a model. */
    private record Golden(ParameterLayout layout, float[] values) {
        static Golden of(Folder folder, NetworkConfig config) throws IOException {
            ParameterLayout.Builder layout = new ParameterLayout.Builder()
                    .add("ids", ROWS, TOKENS)
                    .add("hidden", ROWS, TOKENS, config.width())
                    .add("logits", ROWS, TOKENS, config.vocabulary())
                    .add("greedy", ROWS, NEW);
            for (ParameterLayout.Entry entry : config.layout().entries()) {
                layout.add("gradient." + entry.name(), entry.shape().toArray(Integer[]::new));
            }
            try (InputStream in = folder.open("golden.safetensors")) {
                ParameterLayout built = layout.build();
                return new Golden(built, Safetensors.read(in, built, "golden").toArray());
            }
        }

        float[] of(String name) {
            ParameterLayout.Entry entry = layout.entries().stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            return Arrays.copyOfRange(values, entry.offset(), entry.offset() + entry.size());
        }

        long[] ids(String name) {
            float[] numbers = of(name);
            long[] ids = new long[numbers.length];
            Arrays.setAll(ids, k -> (long) numbers[k]);
            return ids;
        }
    }

    private static Network network(Folder folder) throws IOException {
        NetworkConfig config = ModelFolder.config(folder);
        Network network = Network.of(config);
        network.set(ModelFolder.weights(folder, config));
        return network;
    }

    private static Folder folder(String family) {
        return new ClasspathFolder("io/solera/model/families/" + family);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama", "mistral", "qwen2", "qwen3", "shards"})
    void hiddenStatesLogitsAndGradientsAreTransformers(String family) throws IOException {
        try (Network network = network(folder(family))) {
            Golden golden = Golden.of(folder(family), network.config());
            long[] ids = golden.ids("ids");
            try (NDManager scope = network.scope(true)) {
                NDArray hidden = network.hidden(scope.create(ids, new Shape(ROWS, TOKENS)), null);
                NDArray logits = network.logits(hidden);
                assertThat(Torch.read(hidden)).containsExactly(golden.of("hidden"), within(1e-5f));
                assertThat(Torch.read(logits)).containsExactly(golden.of("logits"), within(1e-5f));
                // the next id of each, and for the last of a row any, with weight 0
                long[] next = new long[ids.length];
                float[] weights = new float[ids.length];
                for (int k = 0; k < ids.length; k++) {
                    boolean last = k % TOKENS == TOKENS - 1;
                    next[k] = last ? 0 : ids[k + 1];
                    weights[k] = last ? 0 : 1;
                }
                NDArray targets = scope.create(next, new Shape(next.length, 1));
                Torch.backward(
                        Torch.gather(logits.logSoftmax(-1), targets),
                        scope.create(weights, new Shape(weights.length, 1)));
            }
            float[] gradient = network.takeGradients();
            for (ParameterLayout.Entry entry : network.config().layout().entries()) {
                assertThat(Arrays.copyOfRange(gradient, entry.offset(), entry.offset() + entry.size()))
                        .as(entry.name())
                        .containsExactly(golden.of("gradient." + entry.name()), within(1e-4f));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama", "mistral", "qwen2", "qwen3", "shards"})
    void theMostLikelyContinuationIsTransformers(String family) throws IOException {
        try (Network network = network(folder(family))) {
            Golden golden = Golden.of(folder(family), network.config());
            long[] greedy = golden.ids("greedy");
            try (NDManager scope = network.scope(false);
                    KeyValueCache cache = new KeyValueCache(scope, network.config(), ROWS, TOKENS + NEW)) {
                NDArray step = scope.create(golden.ids("ids"), new Shape(ROWS, TOKENS));
                for (int t = 0; t < NEW; t++) {
                    NDArray logits = network.logits(network.hidden(step, cache))
                            .reshape(ROWS, -1, network.config().vocabulary())
                            .get(":, -1, :");
                    long[] best = logits.argMax(-1).toLongArray();
                    for (int row = 0; row < ROWS; row++) {
                        assertThat(best[row]).as("row %d, new token %d", row, t).isEqualTo(greedy[row * NEW + t]);
                    }
                    step = scope.create(best, new Shape(ROWS, 1));
                }
            }
        }
    }
}
