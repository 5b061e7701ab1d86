package io.solera.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.solera.checkpoint.file.Folder;
import io.solera.checkpoint.file.Json;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.checkpoint.file.Settings;
import io.solera.rl.BlockVector;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An adapter in PEFT's layout: {@code adapter_config.json} and {@code adapter_model.safetensors}. It loads in PEFT with
 * {@code PeftModel.from_pretrained} on its base.
 */
public final class AdapterFolder {
    public static final String CONFIG = "adapter_config.json";
    public static final String WEIGHTS = "adapter_model.safetensors";

    private static final String BASE = "base_model_name_or_path";
    private static final String DROPOUT = "lora_dropout";
    private static final String INITIALISATION = "init_lora_weights";
    /** Of any layer's width, that of a rank that is not a low one any more. */
    private static final int MAX_RANK = 65_536;

    private static final List<String> ALLOWED_INITIALISATIONS = List.of("null", "true", "false", "\"gaussian\"");

    /** Settings with one value that this program does; any other value is another adapter. */
    private static final Map<String, JsonElement> REQUIRED_VALUES = Map.of(
            "peft_type", new JsonPrimitive("LORA"),
            "bias", new JsonPrimitive("none"),
            "use_dora", new JsonPrimitive(false),
            "lora_bias", new JsonPrimitive(false),
            "modules_to_save", JsonNull.INSTANCE,
            "layers_to_transform", JsonNull.INSTANCE,
            "rank_pattern", new JsonObject(),
            "alpha_pattern", new JsonObject());

    /** Settings that may only be absent, null, false or empty. */
    private static final List<String> REQUIRED_EMPTY = List.of(
            "exclude_modules",
            "layers_pattern",
            "layer_replication",
            "target_parameters",
            "trainable_token_indices",
            "alora_invocation_tokens",
            "use_qalora",
            "use_bdlora");

    /**
     * An adapter and what it belongs to.
     *
     * @param base the model as whoever made the adapter named it
     */
    public record Adapter(String base, Lora lora, BlockVector factors) {}

    private AdapterFolder() {}

    /** Whether a folder holds an adapter. */
    public static boolean is(Folder folder) throws IOException {
        return folder.exists(CONFIG);
    }

    /** The model that the adapter of a folder belongs to, as whoever made it named it; empty where it does not say. */
    public static String base(Folder folder) throws IOException {
        return new Settings(Json.read(folder, CONFIG), folder.location() + "/" + CONFIG).text(BASE, "");
    }

    /** Factors of any rank are written as an adapter of that rank, with the alpha that keeps the scale. */
    public static void write(Folder folder, NetworkConfig config, Adapter adapter) throws IOException {
        Lora lora = adapter.lora();
        // PEFT knows no adapter of rank 0: one of zeros does as little
        int ranks = lora.factors().rank(adapter.factors());
        BlockVector factors =
                ranks > 0 ? adapter.factors() : BlockVector.zeros(lora.factors().rankSize());
        int rank = Math.max(1, ranks);
        JsonObject json = new JsonObject();
        json.addProperty("peft_type", "LORA");
        json.addProperty("task_type", "CAUSAL_LM");
        json.addProperty(BASE, adapter.base());
        json.addProperty("r", rank);
        json.addProperty("lora_alpha", lora.scale() * rank);
        json.addProperty(DROPOUT, lora.dropout());
        json.addProperty("use_rslora", false);
        json.addProperty("bias", "none");
        json.addProperty("fan_in_fan_out", config instanceof Gpt2Config);
        json.addProperty("inference_mode", true);
        JsonArray targets = new JsonArray();
        lora.targets(config).forEach(targets::add);
        json.add("target_modules", targets);
        ModelFolder.writeJson(folder, CONFIG, json);
        try (OutputStream out = folder.create(WEIGHTS)) {
            Safetensors.write(out, lora.layout(rank), BlockVector.of(lora.byModule(factors.toArray(), rank)));
        }
    }

    /**
     * @throws MalformedModelException naming file and key, when it is not an adapter of this network or one that is not
     *     supported
     */
    public static Adapter read(Folder folder, NetworkConfig config) throws IOException {
        String location = folder.location() + "/" + CONFIG;
        JsonObject json = Json.read(folder, CONFIG);
        Settings settings = new Settings(json, location);
        for (Map.Entry<String, JsonElement> only : REQUIRED_VALUES.entrySet()) {
            JsonElement value = json.has(only.getKey()) ? json.get(only.getKey()) : JsonNull.INSTANCE;
            if (!value.isJsonNull() && !value.equals(only.getValue())) {
                throw settings.invalid(only.getKey(), only.getValue().toString());
            }
        }
        for (String key : REQUIRED_EMPTY) {
            JsonElement value = json.has(key) ? json.get(key) : JsonNull.INSTANCE;
            if (!value.isJsonNull() && !List.of("false", "[]", "{}").contains(value.toString())) {
                throw settings.invalid(key, "absent");
            }
        }
        JsonElement initialisation = json.has(INITIALISATION) ? json.get(INITIALISATION) : JsonNull.INSTANCE;
        if (!ALLOWED_INITIALISATIONS.contains(initialisation.toString())) {
            throw settings.invalid(INITIALISATION, "true, false or gaussian: others change the base");
        }
        List<String> targets = new ArrayList<>();
        if (json.get("target_modules") instanceof JsonArray array) {
            for (JsonElement target : array) {
                if (!(target instanceof JsonPrimitive name) || !name.isString()) {
                    throw settings.invalid("target_modules", "a list of names, or " + Lora.ALL_LINEAR);
                }
                targets.add(name.getAsString());
            }
        } else if (!settings.text("target_modules", "").equals(Lora.ALL_LINEAR)) {
            throw settings.invalid("target_modules", "a list of names, or " + Lora.ALL_LINEAR);
        }
        int rank = settings.integer("r");
        if (rank < 1 || rank > MAX_RANK) {
            throw settings.invalid("r", "1 to " + MAX_RANK);
        }
        double dropout = settings.number(DROPOUT, 0);
        if (!(dropout >= 0 && dropout < 1)) {
            throw settings.invalid(DROPOUT, "0 for none, or more and below 1");
        }
        try {
            Lora lora = Lora.of(
                            config, rank, settings.number("lora_alpha"), settings.flag("use_rslora", false), targets)
                    .withDropout(dropout);
            float[] values = Weights.read(folder, Set.of(WEIGHTS), lora.layout(rank), Optional::of)
                    .toArray();
            return new Adapter(settings.text(BASE, ""), lora, BlockVector.of(lora.byRank(values, rank)));
        } catch (IllegalArgumentException e) {
            throw new MalformedModelException(
                    "Cannot read adapter %s: %s".formatted(folder.location(), e.getMessage()));
        }
    }
}
