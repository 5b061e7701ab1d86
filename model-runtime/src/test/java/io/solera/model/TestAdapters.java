package io.solera.model;

import static io.solera.model.Golden.ROWS;
import static io.solera.model.Golden.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.solera.checkpoint.AdapterFolder;
import io.solera.checkpoint.AdapterMerge;
import io.solera.checkpoint.Lora;
import io.solera.checkpoint.LoraAdapters;
import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.NetworkConfig;
import io.solera.checkpoint.ParameterLayout;
import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.Folder;
import io.solera.checkpoint.file.LocalFolder;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import io.solera.text.WordTokenizer;
import io.solera.text.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adapters made by PEFT ({@code docs/reference/adapters.py}) on the tiny models of {@link TestFamilies}. */
class TestAdapters {
    private static Policy policy(String family, Lora lora) throws IOException {
        NetworkConfig config = ModelFolder.config(Golden.folder(family));
        return new Policy(
                config,
                WordTokenizer.of(Words.SMILES, List.of("CNO"), 1),
                ModelFolder.weights(Golden.folder(family), config),
                new LoraAdapters(lora));
    }

    private static float[] logits(Network network, long[] ids) {
        try (NDManager scope = network.scope(false)) {
            return Torch.read(network.logits(network.hidden(Golden.inputs(scope, ids), null)));
        }
    }

    private static long[] ids() {
        long[] ids = new long[ROWS * TOKENS];
        Arrays.setAll(ids, k -> 3 + k * 7 % 20);
        return ids;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama", "qwen2"})
    void logitsAndGradientsArePefts(String family) throws IOException {
        NetworkConfig config = ModelFolder.config(Golden.folder(family));
        AdapterFolder.Adapter adapter = AdapterFolder.read(Golden.folder(family + "/adapter"), config);
        Lora lora = adapter.lora();
        ParameterLayout layout = lora.layout(lora.rank());
        Golden golden = Golden.read(
                family + "/adapter",
                new ParameterLayout.Builder().add("logits", ROWS, TOKENS, config.vocabulary()),
                layout);
        long[] ids = Golden.of(family, config).ids("ids");
        try (Network network = Network.of(config)) {
            network.set(policy(family, lora), adapter.factors());
            assertThat(logits(network, ids)).containsExactly(golden.of("logits"), within(1e-5f));
            try (NDManager scope = network.scope(true)) {
                NDArray all = network.logits(network.hidden(Golden.inputs(scope, ids), null));
                Golden.differentiate(all, ids, scope);
            }
            assertThat(lora.byModule(network.takeGradients().toArray(), lora.rank()))
                    .containsExactly(golden.gradient(layout), within(1e-4f));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama"})
    void layersThatAreComputedTwiceGiveTheSameGradient(String family) throws IOException {
        NetworkConfig config = ModelFolder.config(Golden.folder(family));
        Policy policy = policy(family, Lora.of(config, 2, 4, false, List.of()));
        float[] three =
                Lora.of(config, 3, 4, false, List.of()).fresh(RandomKey.of(1)).toArray();
        for (int k = 0; k < three.length; k++) {
            three[k] += (float) (0.2 * RandomKey.of(2).gaussian(k));
        }
        List<Sequence> sequences = List.of(
                new Sequence(new int[] {1, 2, 3, 4}, new int[] {5, 6}),
                new Sequence(new int[] {7}, new int[] {8, 9, 3}));
        try (Network network = Network.of(config)) {
            network.set(policy, BlockVector.of(three));
            float[] held = new Likelihood(network, policy.tokenizer().special(), 1)
                    .gradient(sequences, RandomKey.of(1), Likelihood.Tokens::logProbabilities)
                    .toArray();
            float[] twice = new Likelihood(network, policy.tokenizer().special(), 1, true)
                    .gradient(sequences, RandomKey.of(1), Likelihood.Tokens::logProbabilities)
                    .toArray();
            assertThat(twice).hasSize((int) policy.trainedSize()).containsExactly(held, within(1e-5f));
            assertThat(held).doesNotContain(Float.NaN).isNotEqualTo(new float[held.length]);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama"})
    void fixedRanksAndTrainedOnesAddUp(String family) throws IOException {
        NetworkConfig config = ModelFolder.config(Golden.folder(family));
        Lora lora = Lora.of(config, 2, 4, false, List.of());
        BlockVector five = Lora.of(config, 5, 4, false, List.of()).fresh(RandomKey.of(1));
        float[] values = five.toArray();
        for (int k = 0; k < values.length; k++) {
            values[k] += (float) (0.2 * RandomKey.of(2).gaussian(k));
        }
        BlockVector factors = BlockVector.of(values);
        Policy policy = policy(family, lora);
        try (Network network = Network.of(config)) {
            network.set(policy, BlockVector.zeros(0));
            float[] base = logits(network, ids());
            network.set(policy, factors);
            float[] adapted = logits(network, ids());
            // the same update in the parameters themselves
            network.set(policy.parameters().whole());
            assertThat(logits(network, ids())).isEqualTo(base);
            network.set(AdapterMerge.of(config, policy.parameters().whole(), lora, factors));
            assertThat(logits(network, ids()))
                    .containsExactly(adapted, within(1e-5f))
                    .isNotEqualTo(base);
            network.set(policy, lora.fresh(RandomKey.of(3)));
            assertThat(logits(network, ids()))
                    .as("a fresh adapter changes nothing")
                    .isEqualTo(base);
        }
    }

    @Test
    void whatIsWrittenIsRead(@TempDir Path path) throws IOException {
        NetworkConfig config = ModelFolder.config(Golden.folder("llama"));
        Lora lora = Lora.of(config, 2, 8, true, List.of("q_proj", "v_proj")).withDropout(0.05);
        BlockVector factors = lora.fresh(RandomKey.of(1));
        Folder folder = new LocalFolder(path);
        AdapterFolder.write(folder, config, new AdapterFolder.Adapter("models/base", lora, factors));
        AdapterFolder.Adapter read = AdapterFolder.read(folder, config);
        assertThat(read.factors()).isEqualTo(factors);
        assertThat(read.base()).isEqualTo("models/base");
        assertThat(read.lora().scale()).isEqualTo(lora.scale());
        assertThat(read.lora().dropout()).isEqualTo(0.05);
        assertThat(Files.readString(path.resolve("adapter_config.json"))).contains("\"lora_dropout\": 0.05,");
        AdapterFolder.write(folder, config, new AdapterFolder.Adapter("models/base", lora, BlockVector.zeros(0)));
        assertThat(AdapterFolder.read(folder, config).factors().norm()).isZero();
    }

    /**
     * PEFT writes the names of all modules for {@code all-linear}, and for long lists the last parts that tell them
     * apart.
     */
    @Test
    void targetsMayBeWholeNamesOrTheirLastParts(@TempDir Path path) throws IOException {
        NetworkConfig config = ModelFolder.config(Golden.folder("llama"));
        Lora all = Lora.of(config, 2, 4, false, List.of());
        List<String> names = all.modules().stream().map(Lora.Module::name).toList();
        assertThat(Lora.of(config, 2, 4, false, names)).isEqualTo(all);
        Lora first = Lora.of(config, 2, 4, false, List.of("0.self_attn.q_proj", "v_proj"));
        assertThat(first.modules().stream().map(Lora.Module::name))
                .containsExactly(
                        "model.layers.0.self_attn.q_proj",
                        "model.layers.0.self_attn.v_proj",
                        "model.layers.1.self_attn.v_proj");
        Folder folder = new LocalFolder(path);
        AdapterFolder.write(folder, config, new AdapterFolder.Adapter("base", first, first.fresh(RandomKey.of(1))));
        assertThat(AdapterFolder.read(folder, config).lora()).isEqualTo(first);
        assertThat(Files.readString(path.resolve("adapter_config.json")))
                .contains("\"model.layers.0.self_attn.q_proj\",", "\"v_proj\"");
    }

    @Test
    void refusesOtherAdaptersByName(@TempDir Path path) throws IOException {
        NetworkConfig config = ModelFolder.config(Golden.folder("llama"));
        Lora lora = Lora.of(config, 2, 8, false, List.of("q_proj"));
        AdapterFolder.write(
                new LocalFolder(path), config, new AdapterFolder.Adapter("base", lora, lora.fresh(RandomKey.of(1))));
        Path settings = path.resolve("adapter_config.json");
        String json = Files.readString(settings);
        Files.writeString(settings, json.replace("\"bias\": \"none\"", "\"bias\": \"all\""));
        assertThatThrownBy(() -> AdapterFolder.read(new LocalFolder(path), config))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageContaining("bias is \"all\" (must be \"none\")");
        Files.writeString(settings, json.replace("\"peft_type\"", "\"use_dora\": true, \"peft_type\""));
        assertThatThrownBy(() -> AdapterFolder.read(new LocalFolder(path), config))
                .hasMessageContaining("use_dora is true (must be false)");
        Files.writeString(settings, json.replace("\"peft_type\"", "\"init_lora_weights\": \"pissa\", \"peft_type\""));
        assertThatThrownBy(() -> AdapterFolder.read(new LocalFolder(path), config))
                .hasMessageContaining("init_lora_weights is \"pissa\" (must be true, false or gaussian");
        Files.writeString(settings, json.replace("\"lora_dropout\": 0.0", "\"lora_dropout\": 1"));
        assertThatThrownBy(() -> AdapterFolder.read(new LocalFolder(path), config))
                .hasMessageContaining("lora_dropout is 1 (must be 0 for none, or more and below 1)");
        Files.writeString(settings, json.replace("\"lora_dropout\": 0.0,", ""));
        assertThat(AdapterFolder.read(new LocalFolder(path), config).lora()).isEqualTo(lora);
        assertThatThrownBy(() -> Lora.of(config, 2, 8, false, List.of("c_attn")))
                .hasMessage("Invalid targets: c_attn (must be all-linear or out of"
                        + " [down_proj, gate_proj, k_proj, o_proj, q_proj, up_proj, v_proj])");
    }
}
