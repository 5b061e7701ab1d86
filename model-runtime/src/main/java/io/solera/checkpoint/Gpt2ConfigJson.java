package io.solera.checkpoint;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.checkpoint.file.Settings;
import io.solera.text.SpecialTokens;
import java.util.Map;

/** {@code config.json} of a GPT-2 model, as transformers writes and reads it. A setting that would change the network is refused by name. */
final class Gpt2ConfigJson {
    /** Settings with one value that this program does; any other value is another network. */
    private static final Map<String, JsonPrimitive> ONLY = Map.of(
            "scale_attn_weights", new JsonPrimitive(true),
            "scale_attn_by_inverse_layer_idx", new JsonPrimitive(false),
            "add_cross_attention", new JsonPrimitive(false),
            "tie_word_embeddings", new JsonPrimitive(true));

    private Gpt2ConfigJson() {}

    static JsonObject write(Gpt2Config config, SpecialTokens special) {
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
        ModelFolder.addSpecial(json, special);
        json.addProperty("torch_dtype", "float32");
        return json;
    }

    static Gpt2Config read(JsonObject json, String location) throws MalformedModelException {
        Settings settings = new Settings(json, location);
        settings.require(ONLY);
        int width = settings.integer("n_embd");
        try {
            return new Gpt2Config(
                    settings.integer("vocab_size"),
                    settings.integer("n_positions"),
                    width,
                    settings.integer("n_layer"),
                    settings.integer("n_head"),
                    settings.integer("n_inner", (int) Math.min(Integer.MAX_VALUE, 4L * width)),
                    activation(settings),
                    settings.number("layer_norm_epsilon", 1e-5));
        } catch (IllegalArgumentException e) {
            throw new MalformedModelException("Cannot read %s: %s".formatted(location, e.getMessage()));
        }
    }

    private static Gpt2Config.Activation activation(Settings settings) throws MalformedModelException {
        return switch (settings.text("activation_function", "gelu_new")) {
            case "gelu" -> Gpt2Config.Activation.GELU;
            case "gelu_new", "gelu_pytorch_tanh" -> Gpt2Config.Activation.GELU_NEW;
            default -> throw settings.invalid("activation_function", "gelu or gelu_new");
        };
    }
}
