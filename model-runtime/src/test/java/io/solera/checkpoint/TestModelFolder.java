package io.solera.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.checkpoint.file.LocalFolder;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.rl.BlockVector;
import io.solera.text.WordTokenizer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestModelFolder {
    private static final WordTokenizer TOKENIZER = WordTokenizer.smiles(List.of("C[C@@H](N)CBr", "F/C=C\\F"));
    private static final Gpt2Config CONFIG =
            new Gpt2Config(TOKENIZER.vocabulary().size(), 12, 8, 2, 2, 20, Gpt2Config.Activation.GELU_NEW, 1e-6);

    @TempDir
    Path path;

    @BeforeEach
    void write() throws IOException {
        float[] values = new float[(int) CONFIG.layout().size()];
        for (int k = 0; k < values.length; k++) {
            values[k] = k / 7f;
        }
        ModelFolder.write(new LocalFolder(path), new Policy(CONFIG, TOKENIZER, BlockVector.of(values)));
    }

    @Test
    void readsWhatItWrote() throws IOException {
        Policy policy = read();
        assertThat(policy.config()).isEqualTo(CONFIG);
        assertThat(policy.tokenizer()).isEqualTo(TOKENIZER);
        assertThat(policy.parameters().whole().toArray()[14]).isEqualTo(2);
        assertThat(path)
                .isDirectoryContaining("glob:**/tokenizer_config.json")
                .isDirectoryContaining("glob:**/generation_config.json");
    }

    @Test
    void aPolicyWrittenAgainIsTheSameBytes() throws IOException {
        byte[] weights = Files.readAllBytes(path.resolve("model.safetensors"));
        byte[] config = Files.readAllBytes(path.resolve("config.json"));
        ModelFolder.write(new LocalFolder(path), read());
        assertThat(path.resolve("model.safetensors")).hasBinaryContent(weights);
        assertThat(path.resolve("config.json")).hasBinaryContent(config);
    }

    @Test
    void anAbsentInnerWidthIsFourTimesTheWidth() throws IOException {
        replace("config.json", "\"n_inner\": 20", "\"n_inner\": null");
        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedModelException.class)
                .hasMessage("Cannot read %s/model.safetensors: tensor transformer.h.0.mlp.c_fc.weight is F32[8, 20]"
                                .formatted(path)
                        + " at [2112, 2752] (must be F32, F16 or BF16 of [8, 32])");
    }

    @Test
    void absentSettingsAreThoseOfGpt2() throws IOException {
        replace("config.json", "\"layer_norm_epsilon\": 1.0E-6,", "");
        replace("config.json", "\"activation_function\": \"gelu_new\",", "");
        assertThat(((Gpt2Config) read().config()).layerNormEpsilon()).isEqualTo(1e-5);
        assertThat(((Gpt2Config) read().config()).activation()).isEqualTo(Gpt2Config.Activation.GELU_NEW);
    }

    @Test
    void refusesSettingsOfOtherNetworksByName() throws IOException {
        refuses(
                "\"model_type\": \"gpt2\"",
                "\"model_type\": \"bert\"",
                "model_type is \"bert\" (must be gpt2, llama, mistral, qwen2 or qwen3)");
        refuses("\"model_type\": \"gpt2\",", "", "model_type is null (must be gpt2, llama, mistral, qwen2 or qwen3)");
        refuses(
                "\"tie_word_embeddings\": true",
                "\"tie_word_embeddings\": false",
                "tie_word_embeddings is false (must be true)");
        refuses(
                "\"n_layer\": 2",
                "\"n_layer\": 2, \"scale_attn_by_inverse_layer_idx\": true",
                "scale_attn_by_inverse_layer_idx is true (must be false)");
        refuses(
                "\"n_layer\": 2",
                "\"n_layer\": 2, \"add_cross_attention\": true",
                "add_cross_attention is true (must be false)");
        refuses("\"gelu_new\"", "\"relu\"", "activation_function is \"relu\" (must be gelu or gelu_new)");
        refuses("\"n_head\": 2", "\"n_head\": 3", "Invalid n_embd: 8 (must be a multiple of n_head, 3)");
        refuses("\"n_head\": 2", "\"n_head\": 0", "Invalid n_head: 0 (must be at least 1)");
        refuses("\"n_positions\": 12,", "", "n_positions is missing");
    }

    @Test
    void namesTheFileThatIsMissing() throws IOException {
        for (String file : List.of("model.safetensors", "tokenizer.json", "config.json")) {
            Files.delete(path.resolve(file));
            assertThatThrownBy(this::read)
                    .isInstanceOf(FileNotFoundException.class)
                    .hasMessageStartingWith("Cannot read model %s: %s is missing (".formatted(path, file));
        }
    }

    @Test
    void pickledWeightsAreNotReadAndTheWayOutIsNamed() throws IOException {
        Files.move(path.resolve("model.safetensors"), path.resolve("pytorch_model.bin"));
        assertThatThrownBy(this::read)
                .isInstanceOf(FileNotFoundException.class)
                .hasMessage(("Cannot read model %s: it has pytorch_model.bin and no model.safetensors; only"
                                + " safetensors is read, since it cannot run code (in transformers:"
                                + " AutoModelForCausalLM.from_pretrained(folder).save_pretrained(folder))")
                        .formatted(path));
    }

    @Test
    void refusesATokenizerOfAnotherModel() throws IOException {
        replace("tokenizer.json", "\"[C@@H]\": 12", "\"[C@@H]\": 12, \"O\": 14");
        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedModelException.class)
                .hasMessage("Cannot read model %s: Cannot combine a network for 14 tokens with a tokenizer of 15:"
                                .formatted(path)
                        + " they are of different models");
    }

    @Test
    void refusesADamagedTokenizer() throws IOException {
        replace("tokenizer.json", "\"[C@@H]\": 12", "\"[C@@H]\": 17");
        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedModelException.class)
                .hasMessage("Cannot read %s/tokenizer.json: no token has id 12 (ids must be 0 .. 13)".formatted(path));
        Files.writeString(path.resolve("tokenizer.json"), "{}");
        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith(
                        "Cannot read %s/tokenizer.json: it has no vocabulary as Hugging Face's tokenizers write it"
                                .formatted(path));
        Files.writeString(path.resolve("tokenizer.json"), "[]");
        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedModelException.class)
                .hasMessage("Cannot read %s/tokenizer.json: it is not a JSON object (it does not begin with {)"
                        .formatted(path));
    }

    private void refuses(String old, String replacement, String message) throws IOException {
        Path config = path.resolve("config.json");
        String before = Files.readString(config);
        replace("config.json", old, replacement);
        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedModelException.class)
                .hasMessage("Cannot read %s: %s".formatted(config, message));
        Files.writeString(config, before);
    }

    private void replace(String file, String old, String replacement) throws IOException {
        String text = Files.readString(path.resolve(file));
        assertThat(text).contains(old);
        Files.writeString(path.resolve(file), text.replace(old, replacement));
    }

    private Policy read() throws IOException {
        return ModelFolder.read(new LocalFolder(path));
    }
}
