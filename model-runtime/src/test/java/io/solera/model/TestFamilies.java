package io.solera.model;

import static io.solera.model.Golden.NEW;
import static io.solera.model.Golden.ROWS;
import static io.solera.model.Golden.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.NetworkConfig;
import io.solera.checkpoint.file.Folder;
import io.solera.rl.RandomKey;
import io.solera.text.SpecialTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tiny models made by transformers ({@code docs/reference/families.py}), and what it computes of them. */
class TestFamilies {
    private static final Map<String, Double> TABLE = new TreeMap<>();

    private static Network network(Folder folder) throws IOException {
        NetworkConfig config = ModelFolder.config(folder);
        Network network = Network.of(config);
        network.set(ModelFolder.weights(folder, config));
        return network;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama", "mistral", "qwen2", "qwen3", "shards"})
    void hiddenStatesLogitsAndGradientsAreTransformers(String family) throws IOException {
        try (Network network = network(Golden.folder(family))) {
            Golden golden = Golden.of(family, network.config());
            long[] ids = golden.ids("ids");
            try (NDManager scope = network.scope(true)) {
                NDArray hidden = network.hidden(Golden.inputs(scope, ids), null);
                NDArray logits = network.logits(hidden);
                compare(family, "hidden states", Torch.read(hidden), golden.of("hidden"), 1e-5);
                compare(family, "logits", Torch.read(logits), golden.of("logits"), 1e-5);
                Golden.differentiate(logits, ids, scope);
            }
            compare(
                    family,
                    "gradient of the likelihood",
                    network.takeGradients().toArray(),
                    golden.gradient(network.config().layout()),
                    1e-4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama", "mistral", "qwen2", "qwen3", "shards"})
    void theMostLikelyContinuationIsTransformers(String family) throws IOException {
        try (Network network = network(Golden.folder(family))) {
            Golden golden = Golden.of(family, network.config());
            long[] greedy = golden.ids("greedy");
            try (NDManager scope = network.scope(false);
                    Cohort cohort = new Cohort(scope, network.config(), ROWS, TOKENS + NEW, false)) {
                KeyValueCache cache = new KeyValueCache(cohort);
                NDArray step = Golden.inputs(scope, golden.ids("ids"));
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

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama", "mistral", "qwen2", "qwen3", "shards"})
    void promptsOfDifferentLengthsAreCompletedAsTransformersDoesLeftPadded(String family) throws IOException {
        try (Network network = network(Golden.folder(family))) {
            Golden golden = Golden.of(family, network.config());
            List<int[]> prompts = new ArrayList<>();
            for (int row = 0; row < ROWS; row++) {
                prompts.add(Arrays.stream(golden.ids("prompt"))
                        .skip((long) row * TOKENS)
                        .limit(new int[] {3, 5, 9}[row])
                        .mapToInt(id -> (int) id)
                        .toArray());
            }
            // no end, and no padding that would never be drawn: transformers knows of neither here
            SpecialTokens endless =
                    new SpecialTokens(1, List.of(network.config().vocabulary()), 1);
            SamplingSettings likeliest = new SamplingSettings(NEW, 1, 1, 1);
            List<RandomKey> keys = List.of(RandomKey.of(1), RandomKey.of(2), RandomKey.of(3));
            List<Completion> completions = new Generator(network, endless, likeliest).generate(prompts, keys);
            float[] logs = new float[ROWS * NEW];
            long[] tokens = new long[ROWS * NEW];
            for (int k = 0; k < logs.length; k++) {
                logs[k] = completions.get(k / NEW).logProbabilities()[k % NEW];
                tokens[k] = completions.get(k / NEW).tokens()[k % NEW];
            }
            assertThat(tokens).isEqualTo(golden.ids("prompt_greedy"));
            compare(family, "log-probabilities, left padding", logs, golden.of("prompt_log_probabilities"), 1e-5);
        }
    }

    /** Asserts, and adds the greatest difference to a table. */
    private static void compare(String family, String quantity, float[] actual, float[] expected, double tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        double greatest = 0;
        for (int k = 0; k < actual.length; k++) {
            greatest = Math.max(greatest, Math.abs((double) actual[k] - expected[k]));
        }
        TABLE.put("| %s | %s".formatted(family, quantity), greatest);
        assertThat(greatest).as("%s of %s", quantity, family).isLessThan(tolerance);
    }

    /** {@code target/families.md}: how far from transformers, as in docs/measurements/families.md. */
    @AfterAll
    static void table() throws IOException {
        StringBuilder table = new StringBuilder("| model | quantity | greatest difference |\n|---|---|---|\n");
        TABLE.forEach((row, greatest) -> table.append("%s | %.1e |%n".formatted(row, greatest)));
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("families.md"), table);
    }
}
