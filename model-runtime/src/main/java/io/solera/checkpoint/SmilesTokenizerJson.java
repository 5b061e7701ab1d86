package io.solera.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.solera.text.SmilesTokenizer;
import io.solera.text.Vocabulary;
import java.util.Map;
import java.util.TreeMap;

/** {@code tokenizer.json} of a SMILES tokenizer, in the format of Hugging Face's tokenizers: Split by pattern, then WordLevel. */
final class SmilesTokenizerJson {
    private SmilesTokenizerJson() {}

    static JsonObject write(SmilesTokenizer tokenizer) {
        Vocabulary vocabulary = tokenizer.vocabulary();
        JsonArray added = new JsonArray();
        for (String special : Vocabulary.SPECIAL) {
            JsonObject token = new JsonObject();
            token.addProperty("id", vocabulary.id(special));
            token.addProperty("content", special);
            for (String flag : new String[] {"single_word", "lstrip", "rstrip", "normalized"}) {
                token.addProperty(flag, false);
            }
            token.addProperty("special", true);
            added.add(token);
        }
        JsonObject pattern = new JsonObject();
        pattern.addProperty("Regex", SmilesTokenizer.PATTERN);
        JsonObject split = typed("Split");
        split.add("pattern", pattern);
        split.addProperty("behavior", "Isolated");
        split.addProperty("invert", false);
        JsonObject vocab = new JsonObject();
        for (int id = 0; id < vocabulary.size(); id++) {
            vocab.addProperty(vocabulary.token(id), id);
        }
        JsonObject model = typed("WordLevel");
        model.add("vocab", vocab);
        model.addProperty("unk_token", Vocabulary.UNK);
        JsonObject json = new JsonObject();
        json.addProperty("version", "1.0");
        json.add("truncation", JsonNull.INSTANCE);
        json.add("padding", JsonNull.INSTANCE);
        json.add("added_tokens", added);
        json.add("normalizer", JsonNull.INSTANCE);
        json.add("pre_tokenizer", split);
        json.add("post_processor", JsonNull.INSTANCE);
        json.add("decoder", typed("Fuse"));
        json.add("model", model);
        return json;
    }

    static SmilesTokenizer read(JsonObject json, String location) throws MalformedModelException {
        try {
            String pattern = json.getAsJsonObject("pre_tokenizer")
                    .getAsJsonObject("pattern")
                    .get("Regex")
                    .getAsString();
            if (!pattern.equals(SmilesTokenizer.PATTERN)) {
                throw new MalformedModelException("Cannot read %s: its Split pattern is not the SMILES pattern (%s)"
                        .formatted(location, pattern));
            }
            Map<Integer, String> byId = new TreeMap<>();
            for (Map.Entry<String, JsonElement> token :
                    json.getAsJsonObject("model").getAsJsonObject("vocab").entrySet()) {
                byId.put(token.getValue().getAsInt(), token.getKey());
            }
            for (int id = 0; id < byId.size(); id++) {
                if (!byId.containsKey(id)) {
                    throw new MalformedModelException("Cannot read %s: no token has id %d (ids must be 0 .. %d)"
                            .formatted(location, id, byId.size() - 1));
                }
            }
            return new SmilesTokenizer(new Vocabulary(byId.values().stream().toList()));
        } catch (NullPointerException
                | ClassCastException
                | IllegalStateException
                | IllegalArgumentException
                | UnsupportedOperationException e) {
            throw new MalformedModelException(
                    "Cannot read %s: it is no SMILES tokenizer of type Split and WordLevel (%s)"
                            .formatted(location, e));
        }
    }

    private static JsonObject typed(String type) {
        JsonObject json = new JsonObject();
        json.addProperty("type", type);
        return json;
    }
}
