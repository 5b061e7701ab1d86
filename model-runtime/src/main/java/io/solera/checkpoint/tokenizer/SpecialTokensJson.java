package io.solera.checkpoint.tokenizer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.solera.checkpoint.file.Folder;
import io.solera.checkpoint.file.Json;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.checkpoint.file.ModelFiles;
import io.solera.checkpoint.file.Settings;
import io.solera.text.SpecialTokens;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The special tokens of a model folder: as {@code generation_config.json} says, else {@code config.json}, else the names in
 * {@code tokenizer_config.json} or {@code special_tokens_map.json}. A model without a begin token has none here; one without a token
 * for padding is padded with its end token.
 */
final class SpecialTokensJson {
    private static final String[] NAMED = {ModelFiles.TOKENIZER_CONFIG, ModelFiles.SPECIAL_TOKENS_MAP};

    private SpecialTokensJson() {}

    static SpecialTokens read(Folder folder, Map<String, Integer> ids) throws IOException {
        List<Integer> begin = ids(folder, "bos", ids);
        List<Integer> ends = ids(folder, "eos", ids);
        List<Integer> pad = ids(folder, "pad", ids);
        if (ends.isEmpty()) {
            throw new MalformedModelException(
                    "Cannot read model %s: no file names its end token (put eos_token_id into %s)"
                            .formatted(folder.location(), ModelFiles.GENERATION_CONFIG));
        }
        boolean padded = !pad.isEmpty() && pad.get(0) >= 0;
        return new SpecialTokens(begin.isEmpty() ? null : begin.get(0), ends, padded ? pad.get(0) : ends.get(0));
    }

    private static List<Integer> ids(Folder folder, String token, Map<String, Integer> ids) throws IOException {
        List<Integer> generated = numbers(folder, ModelFiles.GENERATION_CONFIG, token + "_token_id");
        if (!generated.isEmpty()) {
            return generated;
        }
        List<Integer> configured = numbers(folder, ModelFiles.CONFIG, token + "_token_id");
        Integer named = named(folder, token + "_token", ids);
        if (configured.isEmpty()) {
            return named == null ? List.of() : List.of(named);
        }
        if (named != null && token.equals("eos") && !configured.contains(named)) {
            throw new MalformedModelException(
                    ("Cannot read model %s: %s says that eos_token_id is %s, but its tokenizer's eos_token has id %d"
                                    + " (put the right eos_token_id, and bos_token_id if there is one, into %s)")
                            .formatted(
                                    folder.location(),
                                    ModelFiles.CONFIG,
                                    configured,
                                    named,
                                    ModelFiles.GENERATION_CONFIG));
        }
        return configured;
    }

    private static List<Integer> numbers(Folder folder, String file, String key) throws IOException {
        if (!folder.exists(file)) {
            return List.of();
        }
        Settings settings = new Settings(Json.read(folder, file), folder.location() + "/" + file);
        if (!settings.has(key)) {
            return List.of();
        }
        if (!settings.json().get(key).isJsonArray()) {
            return List.of(settings.integer(key));
        }
        List<Integer> all = new ArrayList<>();
        for (JsonElement one : settings.json().getAsJsonArray(key)) {
            if (!(one instanceof JsonPrimitive number) || !number.isNumber()) {
                throw settings.invalid(key, "a token id or a list of them");
            }
            JsonObject id = new JsonObject();
            id.add(key, one);
            all.add(new Settings(id, settings.location()).integer(key));
        }
        return all;
    }

    private static @Nullable Integer named(Folder folder, String key, Map<String, Integer> ids) throws IOException {
        for (String file : NAMED) {
            if (!folder.exists(file)) {
                continue;
            }
            JsonElement name = Json.read(folder, file).get(key);
            if (name instanceof JsonObject described) {
                name = described.get("content");
            }
            if (name instanceof JsonPrimitive text && text.isString()) {
                return ids.get(text.getAsString());
            }
        }
        return null;
    }
}
