package io.solera.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.solera.checkpoint.LlamaConfig.Member;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.checkpoint.file.Settings;
import io.solera.text.SpecialTokens;
import java.util.Map;

/**
 * {@code config.json} of a model of the Llama family, as transformers writes it: version 5 ({@code rope_parameters}) and version 4
 * ({@code rope_theta}, {@code rope_scaling}). A setting that would change the network is refused by name.
 */
final class LlamaConfigJson {
    /** Settings with one value that this program does; any other value is another network. */
    private static final Map<String, JsonPrimitive> ONLY = Map.of(
            "hidden_act", new JsonPrimitive("silu"),
            "mlp_bias", new JsonPrimitive(false),
            "use_sliding_window", new JsonPrimitive(false),
            "pretraining_tp", new JsonPrimitive(1));

    private static final double DEFAULT_THETA = 10_000;

    private LlamaConfigJson() {}

    static JsonObject write(LlamaConfig config, SpecialTokens special) {
        JsonObject json = new JsonObject();
        String type = config.member().text();
        json.addProperty("model_type", type);
        json.add(
                "architectures",
                ModelFolder.array(Character.toUpperCase(type.charAt(0)) + type.substring(1) + "ForCausalLM"));
        json.addProperty("vocab_size", config.vocabulary());
        json.addProperty("max_position_embeddings", config.positions());
        json.addProperty("hidden_size", config.width());
        json.addProperty("intermediate_size", config.inner());
        json.addProperty("num_hidden_layers", config.layers());
        json.addProperty("num_attention_heads", config.heads());
        json.addProperty("num_key_value_heads", config.keyHeads());
        json.addProperty("head_dim", config.headSize());
        json.addProperty("hidden_act", "silu");
        json.addProperty("rms_norm_eps", config.normEpsilon());
        json.addProperty("tie_word_embeddings", config.tied());
        json.addProperty("attention_dropout", 0.0);
        switch (config.member()) {
            case LLAMA -> {
                json.addProperty("attention_bias", false);
                json.addProperty("mlp_bias", false);
            }
            case MISTRAL -> json.add("sliding_window", null);
            case QWEN2 -> json.addProperty("use_sliding_window", false);
            case QWEN3 -> {
                json.addProperty("attention_bias", false);
                json.addProperty("use_sliding_window", false);
            }
        }
        // both spellings, for both versions of transformers
        Rotary rotary = config.rotary();
        json.addProperty("rope_theta", rotary.theta());
        JsonObject rope = new JsonObject();
        rope.addProperty("rope_theta", rotary.theta());
        rope.addProperty("rope_type", rotary.kind().text());
        if (rotary.kind() != Rotary.Kind.DEFAULT) {
            rope.addProperty("factor", rotary.factor());
        }
        if (rotary.kind() == Rotary.Kind.LLAMA3) {
            rope.addProperty("low_freq_factor", rotary.lowFactor());
            rope.addProperty("high_freq_factor", rotary.highFactor());
            rope.addProperty("original_max_position_embeddings", rotary.originalPositions());
        }
        json.add("rope_parameters", rope);
        if (rotary.kind() != Rotary.Kind.DEFAULT) {
            json.add("rope_scaling", rope.deepCopy());
        }
        ModelFolder.addSpecial(json, special);
        json.addProperty("torch_dtype", "float32");
        return json;
    }

    static LlamaConfig read(JsonObject json, Member member, String location) throws MalformedModelException {
        Settings settings = new Settings(json, location);
        settings.require(ONLY);
        if (settings.flag("attention_bias", member.biased()) != member.biased()) {
            throw settings.invalid("attention_bias", member.biased() + " for " + member.text());
        }
        int positions = settings.integer("max_position_embeddings");
        boolean mayWindow = member == Member.LLAMA || member == Member.MISTRAL;
        if (mayWindow && settings.has("sliding_window") && settings.integer("sliding_window") < positions) {
            throw settings.invalid("sliding_window", "null, or at least max_position_embeddings");
        }
        fullAttention(settings);
        int width = settings.integer("hidden_size");
        int heads = settings.integer("num_attention_heads");
        try {
            return new LlamaConfig(
                    member,
                    settings.integer("vocab_size"),
                    positions,
                    width,
                    settings.integer("intermediate_size"),
                    settings.integer("num_hidden_layers"),
                    heads,
                    settings.integer("num_key_value_heads", heads),
                    settings.integer("head_dim", width / Math.max(1, heads)),
                    settings.number("rms_norm_eps", 1e-6),
                    rotary(settings),
                    settings.flag("tie_word_embeddings", false));
        } catch (IllegalArgumentException e) {
            throw new MalformedModelException("Cannot read %s: %s".formatted(location, e.getMessage()));
        }
    }

    private static Rotary rotary(Settings settings) throws MalformedModelException {
        Settings rope = settings.inside(settings.has("rope_parameters") ? "rope_parameters" : "rope_scaling");
        double theta = rope.number("rope_theta", settings.number("rope_theta", DEFAULT_THETA));
        String type = rope.text("rope_type", rope.text("type", "default"));
        rope.require(Map.of("partial_rotary_factor", new JsonPrimitive(1.0)));
        return switch (type) {
            case "default" -> Rotary.of(theta);
            case "linear" -> new Rotary(Rotary.Kind.LINEAR, theta, rope.number("factor"), 0, 0, 0);
            case "llama3" ->
                new Rotary(
                        Rotary.Kind.LLAMA3,
                        theta,
                        rope.number("factor"),
                        rope.number("low_freq_factor"),
                        rope.number("high_freq_factor"),
                        rope.integer("original_max_position_embeddings"));
            default -> throw rope.invalid("rope_type", "default, linear or llama3");
        };
    }

    private static void fullAttention(Settings settings) throws MalformedModelException {
        if (!settings.has("layer_types")) {
            return;
        }
        if (!(settings.json().get("layer_types") instanceof JsonArray types)) {
            throw settings.invalid("layer_types", "a list");
        }
        for (JsonElement type : types) {
            if (!type.equals(new JsonPrimitive("full_attention"))) {
                throw settings.invalid("layer_types", "full_attention for every layer");
            }
        }
    }
}
