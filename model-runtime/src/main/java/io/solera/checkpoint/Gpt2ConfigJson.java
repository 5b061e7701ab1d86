package io.solera.checkpoint;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.solera.text.Vocabulary;
import java.util.Map;

/** {@code config.json} of a GPT-2 model, as transformers writes and reads it. A setting that would change the network is refused by name. */
final class Gpt2ConfigJson {
    /** Settings with one value that this program does; any other value is another network. */
    private static final Map<String, JsonPrimitive> REQUIRED = Map.of(
            "model_type", new JsonPrimitive("gpt2"),
            "scale_attn_weights", new JsonPrimitive(true),
            "scale_attn_by_inverse_layer_idx", new JsonPrimitive(false),
            "add_cross_attention", new JsonPrimitive(false),
            "tie_word_embeddings", new JsonPrimitive(true));

    private Gpt2ConfigJson() {}

    static JsonObject write(Gpt2Config config, Vocabulary vocabulary) {
        JsonObject json = new JsonObject();
        json.addProperty("model_type", "gpt2");
        json.add("architectures", ModelFolder.array("GPT2LMHeadModel"));
        json.addProperty("vocab_size", config.vocabulary());
        json.addProperty("n_positions", config.positions());
        json.addProperty("n_embd", config.width());
        json.addProperty("n_layer", config.layers());
        json.addProperty("n_head", config.heads());
        json.addProperty("n_inner", config.inner());
        json.addProperty(
                "activation_function", config.activation() == Gpt2Config.Activation.GELU ? "gelu" : "gelu_new");
        json.addProperty("layer_norm_epsilon", config.layerNormEpsilon());
        json.addProperty("tie_word_embeddings", true);
        json.addProperty("embd_pdrop", 0.0);
        json.addProperty("attn_pdrop", 0.0);
        json.addProperty("resid_pdrop", 0.0);
        json.addProperty("bos_token_id", vocabulary.bos());
        json.addProperty("eos_token_id", vocabulary.eos());
        json.addProperty("pad_token_id", vocabulary.pad());
        json.addProperty("torch_dtype", "float32");
        return json;
    }

    static Gpt2Config read(JsonObject json, String location) throws MalformedModelException {
        for (Map.Entry<String, JsonPrimitive> setting : REQUIRED.entrySet()) {
            JsonElement value = json.get(setting.getKey());
            boolean absentType = value == null && setting.getKey().equals("model_type");
            if (absentType || (value != null && !value.equals(setting.getValue()))) {
                throw new MalformedModelException("Cannot read %s: %s is %s (must be %s)"
                        .formatted(location, setting.getKey(), value, setting.getValue()));
            }
        }
        try {
            int width = integer(json, "n_embd", location);
            return new Gpt2Config(
                    integer(json, "vocab_size", location),
                    integer(json, "n_positions", location),
                    width,
                    integer(json, "n_layer", location),
                    integer(json, "n_head", location),
                    absent(json, "n_inner") ? 4 * width : integer(json, "n_inner", location),
                    activation(json, location),
                    absent(json, "layer_norm_epsilon")
                            ? 1e-5
                            : json.get("layer_norm_epsilon").getAsDouble());
        } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
            throw new MalformedModelException("Cannot read %s: %s".formatted(location, e.getMessage()));
        }
    }

    private static Gpt2Config.Activation activation(JsonObject json, String location) throws MalformedModelException {
        String name = absent(json, "activation_function")
                ? "gelu_new"
                : json.get("activation_function").getAsString();
        return switch (name) {
            case "gelu" -> Gpt2Config.Activation.GELU;
            case "gelu_new", "gelu_pytorch_tanh" -> Gpt2Config.Activation.GELU_NEW;
            default ->
                throw new MalformedModelException("Cannot read %s: activation_function is %s (must be gelu or gelu_new)"
                        .formatted(location, name));
        };
    }

    private static boolean absent(JsonObject json, String key) {
        return !json.has(key) || json.get(key).isJsonNull();
    }

    private static int integer(JsonObject json, String key, String location) throws MalformedModelException {
        if (absent(json, key)) {
            throw new MalformedModelException("Cannot read %s: %s is missing".formatted(location, key));
        }
        return json.get(key).getAsInt();
    }
}
