package io.solera.checkpoint.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.text.Vocabulary;
import io.solera.text.WordTokenizer;
import io.solera.text.Words;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code tokenizer.json} of a tokenizer of words, in the format of Hugging Face's tokenizers: Split by pattern, then WordLevel; bytes
 * go through ByteLevel first.
 */
public final class WordTokenizerJson {
    private WordTokenizerJson() {}

    public static JsonObject write(WordTokenizer tokenizer) {
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
        json.add("pre_tokenizer", splitting(tokenizer.words()));
        json.add("post_processor", JsonNull.INSTANCE);
        json.add("decoder", tokenizer.words().bytes() ? byteLevel() : typed("Fuse"));
        json.add("model", model);
        return json;
    }

    /** The words of a file that is as those written here are; empty for any other. */
    public static Optional<Words> words(JsonObject json) {
        try {
            JsonObject splitting = json.getAsJsonObject("pre_tokenizer");
            boolean bytes = splitting.has("pretokenizers");
            JsonObject split =
                    bytes ? splitting.getAsJsonArray("pretokenizers").get(1).getAsJsonObject() : splitting;
            String pattern =
                    split.getAsJsonObject("pattern").getAsJsonPrimitive("Regex").getAsString();
            return Words.of(pattern, bytes)
                    .filter(words -> splitting(words).equals(splitting)
                            && json.getAsJsonObject("model")
                                    .get("type")
                                    .equals(typed("WordLevel").get("type"))
                            && isNull(json, "normalizer")
                            && isNull(json, "post_processor"));
        } catch (NullPointerException
                | ClassCastException
                | IllegalStateException
                | IndexOutOfBoundsException
                | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    public static WordTokenizer read(JsonObject json, Words words, String location) throws MalformedModelException {
        try {
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
            return new WordTokenizer(
                    words, new Vocabulary(byId.values().stream().toList()));
        } catch (NullPointerException
                | ClassCastException
                | IllegalStateException
                | IllegalArgumentException
                | UnsupportedOperationException e) {
            throw new MalformedModelException(
                    "Cannot read %s: its WordLevel vocabulary is damaged".formatted(location));
        }
    }

    private static JsonObject splitting(Words words) {
        JsonObject pattern = new JsonObject();
        pattern.addProperty("Regex", words.pattern());
        JsonObject split = typed("Split");
        split.add("pattern", pattern);
        split.addProperty("behavior", "Isolated");
        split.addProperty("invert", false);
        if (!words.bytes()) {
            return split;
        }
        JsonArray both = new JsonArray();
        both.add(byteLevel());
        both.add(split);
        JsonObject sequence = typed("Sequence");
        sequence.add("pretokenizers", both);
        return sequence;
    }

    private static JsonObject byteLevel() {
        JsonObject json = typed("ByteLevel");
        json.addProperty("add_prefix_space", false);
        json.addProperty("trim_offsets", false);
        json.addProperty("use_regex", false);
        return json;
    }

    private static boolean isNull(JsonObject json, String key) {
        return !json.has(key) || json.get(key).isJsonNull();
    }

    private static JsonObject typed(String type) {
        JsonObject json = new JsonObject();
        json.addProperty("type", type);
        return json;
    }
}
