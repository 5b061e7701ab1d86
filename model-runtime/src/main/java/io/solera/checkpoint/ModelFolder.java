package io.solera.checkpoint;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.solera.rl.BlockVector;
import io.solera.text.SmilesTokenizer;
import io.solera.text.SpecialTokens;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/**
 * A policy in the Hugging Face layout: {@code config.json}, {@code tokenizer.json}, {@code tokenizer_config.json},
 * {@code generation_config.json}, {@code model.safetensors}. It loads in transformers with {@code from_pretrained}.
 */
public final class ModelFolder {
    public static final String WEIGHTS = Weights.FILE;
    private static final String CONFIG = "config.json";
    private static final String TOKENIZER = "tokenizer.json";
    private static final Gson PRETTY = new GsonBuilder()
            .setPrettyPrinting()
            .serializeNulls()
            .disableHtmlEscaping()
            .create();

    private ModelFolder() {}

    public static void write(Folder folder, Policy policy) throws IOException {
        writeJson(
                folder,
                CONFIG,
                NetworkConfigJson.write(policy.config(), policy.tokenizer().special()));
        writeJson(folder, TOKENIZER, SmilesTokenizerJson.write((SmilesTokenizer) policy.tokenizer()));
        writeJson(folder, "tokenizer_config.json", tokenizerConfig(policy));
        writeJson(folder, "generation_config.json", generationConfig(policy));
        try (OutputStream out = folder.create(WEIGHTS)) {
            Safetensors.write(out, policy.config().layout(), policy.parameters());
        }
    }

    /** @throws IOException naming the file and what is wrong, when one is missing, damaged or of another kind of model */
    public static Policy read(Folder folder) throws IOException {
        for (String file : new String[] {CONFIG, TOKENIZER}) {
            if (!folder.exists(file)) {
                throw new FileNotFoundException(
                        "Cannot read model %s: %s is missing (a model folder holds %s, %s and %s)"
                                .formatted(folder.location(), file, CONFIG, TOKENIZER, WEIGHTS));
            }
        }
        NetworkConfig config = config(folder);
        SmilesTokenizer tokenizer =
                SmilesTokenizerJson.read(readJson(folder, TOKENIZER), folder.location() + "/" + TOKENIZER);
        try {
            return new Policy(config, tokenizer, Weights.read(folder, config));
        } catch (IllegalArgumentException e) {
            throw new MalformedModelException("Cannot read model %s: %s".formatted(folder.location(), e.getMessage()));
        }
    }

    /** The shape of the network of a model folder. */
    public static NetworkConfig config(Folder folder) throws IOException {
        return NetworkConfigJson.read(readJson(folder, CONFIG), folder.location() + "/" + CONFIG);
    }

    /** The parameters of a model folder, of one file or of shards. */
    public static BlockVector weights(Folder folder, NetworkConfig config) throws IOException {
        return Weights.read(folder, config);
    }

    /** The tokenizer of a folder alone, whatever model it belongs to. */
    public static SmilesTokenizer readTokenizer(Folder folder) throws IOException {
        return SmilesTokenizerJson.read(readJson(folder, TOKENIZER), folder.location() + "/" + TOKENIZER);
    }

    private static JsonObject tokenizerConfig(Policy policy) {
        JsonObject json = new JsonObject();
        json.addProperty("tokenizer_class", "PreTrainedTokenizerFast");
        json.addProperty("model_max_length", policy.config().positions());
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
        json.addProperty("max_length", policy.config().positions());
        return json;
    }

    /** The ids that generation begins, ends and pads with; ends as transformers writes them, a number or a list. */
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

    private static void writeJson(Folder folder, String name, JsonObject json) throws IOException {
        try (OutputStream out = folder.create(name)) {
            out.write((PRETTY.toJson(json) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    static JsonObject readJson(Folder folder, String name) throws IOException {
        try (Reader reader = new InputStreamReader(folder.open(name), StandardCharsets.UTF_8)) {
            return JsonParser.parseReader(reader).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new MalformedModelException(
                    "Cannot read %s/%s: it is no JSON object (%s)".formatted(folder.location(), name, e.getMessage()));
        }
    }
}
