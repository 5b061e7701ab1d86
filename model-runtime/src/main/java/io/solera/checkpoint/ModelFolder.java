package io.solera.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.solera.checkpoint.file.Folder;
import io.solera.checkpoint.file.Json;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.checkpoint.file.ModelFiles;
import io.solera.checkpoint.file.PrettyJson;
import io.solera.checkpoint.tokenizer.HubTokenizerJson;
import io.solera.checkpoint.tokenizer.WordTokenizerJson;
import io.solera.rl.BlockVector;
import io.solera.rl.Blocks;
import io.solera.rl.KeptBlocks;
import io.solera.text.HubTokenizer;
import io.solera.text.SpecialTokens;
import io.solera.text.Tokenizer;
import io.solera.text.WordTokenizer;
import io.solera.text.Words;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * A policy in the Hugging Face layout: {@code config.json}, {@code tokenizer.json}, {@code tokenizer_config.json},
 * {@code generation_config.json}, {@code model.safetensors}. It loads in transformers with {@code from_pretrained}.
 */
public final class ModelFolder {
    private ModelFolder() {}

    public static void write(Folder folder, Policy policy) throws IOException {
        writeJson(
                folder,
                ModelFiles.CONFIG,
                NetworkConfigJson.write(policy.config(), policy.tokenizer().special()));
        if (policy.tokenizer() instanceof WordTokenizer || policy.tokenizer() instanceof HubTokenizer) {
            writeJson(folder, ModelFiles.GENERATION_CONFIG, generationConfig(policy));
        }
        writeTokenizer(folder, policy);
        try (OutputStream out = folder.create(ModelFiles.WEIGHTS)) {
            Safetensors.write(out, policy.config().layout(), policy.parameters());
        }
    }

    /** Only the tokenizer's files, which an adapter folder has next to the adapter. */
    public static void writeTokenizer(Folder folder, Policy policy) throws IOException {
        if (policy.tokenizer() instanceof WordTokenizer words) {
            writeJson(folder, ModelFiles.TOKENIZER, WordTokenizerJson.write(words));
            writeJson(folder, ModelFiles.TOKENIZER_CONFIG, tokenizerConfig(policy));
        } else if (policy.tokenizer() instanceof HubTokenizer hub) {
            writeText(folder, ModelFiles.TOKENIZER, hub.json());
            for (Map.Entry<String, String> file : hub.otherFiles().entrySet()) {
                writeText(folder, file.getKey(), file.getValue());
            }
        }
    }

    /** @throws IOException naming the file and the problem, if one is missing, damaged or of another kind of model */
    public static Policy read(Folder folder) throws IOException {
        return read(folder, config -> Weights.read(folder, config));
    }

    /**
     * The same, whose parameters stay in the folder; they must not change as long as they are read.
     *
     * @param source reads the folder's files
     */
    public static Policy stored(Folder folder, StoredVector.Source source) throws IOException {
        return read(folder, config -> {
            StoredVector parameters = Weights.stored(folder, source, config);
            return new KeptBlocks<>(parameters.checked(
                    (b, block) -> Weights.requireFinite(b, block, config.layout(), folder.location())));
        });
    }

    /** The parameters of a network of some shape. */
    private interface Reading {
        Blocks of(NetworkConfig config) throws IOException;
    }

    private static Policy read(Folder folder, Reading parameters) throws IOException {
        for (String file : new String[] {ModelFiles.CONFIG, ModelFiles.TOKENIZER}) {
            if (!folder.exists(file)) {
                throw new FileNotFoundException(
                        "Cannot read model %s: %s is missing (a model folder holds %s, %s and %s)"
                                .formatted(
                                        folder.location(),
                                        file,
                                        ModelFiles.CONFIG,
                                        ModelFiles.TOKENIZER,
                                        ModelFiles.WEIGHTS));
            }
        }
        NetworkConfig config = config(folder);
        Tokenizer tokenizer = tokenizer(folder);
        try {
            return new Policy(config, tokenizer, parameters.of(config));
        } catch (IllegalArgumentException e) {
            throw new MalformedModelException("Cannot read model %s: %s".formatted(folder.location(), e.getMessage()));
        }
    }

    /** Whether a folder holds a model. */
    public static boolean is(Folder folder) throws IOException {
        return folder.exists(ModelFiles.CONFIG);
    }

    /** The shape of the network of a model folder. */
    public static NetworkConfig config(Folder folder) throws IOException {
        return NetworkConfigJson.read(
                Json.read(folder, ModelFiles.CONFIG), folder.location() + "/" + ModelFiles.CONFIG);
    }

    /** The parameters of a model folder, from one file or from shards. */
    public static BlockVector weights(Folder folder, NetworkConfig config) throws IOException {
        return Weights.read(folder, config);
    }

    /** The same, which stay there. */
    public static Blocks stored(Folder folder, StoredVector.Source source, NetworkConfig config) throws IOException {
        return new KeptBlocks<>(Weights.stored(folder, source, config));
    }

    /** Only the tokenizer of a folder, whatever model it belongs to. */
    public static Tokenizer tokenizer(Folder folder) throws IOException {
        return tokenizer(folder, false);
    }

    /**
     * The same for a model that reads whole texts, such as a classifier: its begin and end tokens are those that
     * {@code tokenizer.json} itself puts around a text, if it does.
     */
    public static Tokenizer framedTokenizer(Folder folder) throws IOException {
        return tokenizer(folder, true);
    }

    private static Tokenizer tokenizer(Folder folder, boolean framed) throws IOException {
        String text = Json.text(folder, ModelFiles.TOKENIZER);
        String location = folder.location() + "/" + ModelFiles.TOKENIZER;
        JsonObject json = Json.object(text, location);
        Optional<Words> words = WordTokenizerJson.words(json);
        return words.isPresent()
                ? WordTokenizerJson.read(json, words.get(), location)
                : HubTokenizerJson.read(folder, text, json, framed);
    }

    private static JsonObject tokenizerConfig(Policy policy) {
        JsonObject json = new JsonObject();
        json.addProperty("tokenizer_class", "PreTrainedTokenizerFast");
        json.addProperty("model_max_length", policy.config().contextLength());
        json.addProperty("clean_up_tokenization_spaces", false);
        for (String special : new String[] {"pad", "bos", "eos", "unk"}) {
            json.addProperty(special + "_token", "<" + special + ">");
        }
        return json;
    }

    private static JsonObject generationConfig(Policy policy) {
        JsonObject json = new JsonObject();
        addSpecial(json, policy.tokenizer().special());
        json.addProperty("do_sample", true);
        json.addProperty("max_length", policy.config().contextLength());
        return json;
    }

    /**
     * The ids that generation begins, ends and pads with; ends are written as transformers does, as a number or a list.
     */
    static void addSpecial(JsonObject json, SpecialTokens special) {
        json.addProperty("bos_token_id", special.begin());
        if (special.ends().size() == 1) {
            json.addProperty("eos_token_id", special.end());
        } else {
            JsonArray ends = new JsonArray();
            special.ends().forEach(ends::add);
            json.add("eos_token_id", ends);
        }
        json.addProperty("pad_token_id", special.pad());
    }

    static JsonArray array(String value) {
        JsonArray array = new JsonArray();
        array.add(value);
        return array;
    }

    static void writeJson(Folder folder, String name, JsonObject json) throws IOException {
        writeText(folder, name, PrettyJson.unescaped(json));
    }

    private static void writeText(Folder folder, String name, String text) throws IOException {
        try (OutputStream out = folder.create(name)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
