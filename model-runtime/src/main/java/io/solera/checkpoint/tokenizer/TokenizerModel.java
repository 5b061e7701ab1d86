package io.solera.checkpoint.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.solera.checkpoint.file.Json;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.checkpoint.file.Settings;
import java.util.BitSet;
import java.util.Map;

/** The model and the added tokens of a foreign {@code tokenizer.json}, checked as {@link TokenizerCheck} says. */
final class TokenizerModel {
    private static final int MAX_TOKENS = 2_000_000;
    private static final int MAX_ADDED = 100_000;
    private static final int MAX_TOKEN_LENGTH = 1024;
    private static final int MAX_ADDED_LENGTH = 256;
    private static final int AFFIX = 16;
    private static final double SCORE = 1e9;

    private TokenizerModel() {}

    static JsonObject checked(TokenizerPart model) throws MalformedModelException {
        String type = type(model);
        model.to().addProperty("type", type);
        switch (type) {
            case "BPE" -> bytePairs(model);
            case "Unigram" -> unigram(model);
            case "WordPiece" -> {
                vocabulary(model);
                known(model, "unk_token", model.text("unk_token", MAX_TOKEN_LENGTH));
                model.text("continuing_subword_prefix", AFFIX);
                model.integer("max_input_chars_per_word", 1, 1000);
            }
            case "WordLevel" -> {
                vocabulary(model);
                model.text("unk_token", MAX_TOKEN_LENGTH);
            }
            default -> throw model.refused("type", "BPE, Unigram, WordPiece or WordLevel");
        }
        return model.to();
    }

    /** Old files do not name the type. */
    private static String type(TokenizerPart model) throws MalformedModelException {
        if (model.has("type")) {
            return model.type();
        }
        if (model.has("merges")) {
            return "BPE";
        }
        if (model.has("unk_id")) {
            return "Unigram";
        }
        return model.has("max_input_chars_per_word") ? "WordPiece" : "WordLevel";
    }

    private static void bytePairs(TokenizerPart model) throws MalformedModelException {
        vocabulary(model);
        if (model.has("dropout") && new Settings(model.from(), model.location()).number("dropout") != 0) {
            throw model.refused("dropout", "null or 0: the same text must have the same tokens");
        }
        model.to().add("dropout", JsonNull.INSTANCE);
        String unknown = model.optionalText("unk_token", MAX_TOKEN_LENGTH);
        if (!unknown.isEmpty()) {
            known(model, "unk_token", unknown);
        }
        String prefix = model.optionalText("continuing_subword_prefix", AFFIX);
        model.optionalText("end_of_word_suffix", AFFIX);
        model.flags("fuse_unk", "byte_fallback", "ignore_merges");
        JsonObject vocabulary = model.from().getAsJsonObject("vocab");
        JsonArray merges = model.array("merges");
        if (merges.size() > MAX_TOKENS) {
            throw model.refused("merges", "at most %d".formatted(MAX_TOKENS));
        }
        for (int k = 0; k < merges.size(); k++) {
            merge(model, merges.get(k), k, prefix, vocabulary);
        }
        model.to().add("merges", merges);
    }

    private static void merge(TokenizerPart model, JsonElement merge, int k, String prefix, JsonObject vocabulary)
            throws MalformedModelException {
        String[] two = {};
        if (merge instanceof JsonPrimitive text && text.isString()) {
            two = text.getAsString().split(" ", -1);
        } else if (merge instanceof JsonArray pair && pair.size() == 2 && isText(pair.get(0)) && isText(pair.get(1))) {
            two = new String[] {pair.get(0).getAsString(), pair.get(1).getAsString()};
        }
        if (two.length != 2
                || !two[1].startsWith(prefix)
                || !vocabulary.has(two[0])
                || !vocabulary.has(two[1])
                || !vocabulary.has(two[0] + two[1].substring(prefix.length()))) {
            throw new MalformedModelException(
                    "Cannot read %s: model.merges[%d] is %s (must be two tokens of the vocabulary that make a third)"
                            .formatted(model.location(), k, Json.shown(merge.toString())));
        }
    }

    private static void unigram(TokenizerPart model) throws MalformedModelException {
        JsonArray pieces = model.array("vocab");
        if (pieces.isEmpty() || pieces.size() > MAX_TOKENS) {
            throw model.refused("vocab", "1 to %d pieces".formatted(MAX_TOKENS));
        }
        for (int k = 0; k < pieces.size(); k++) {
            if (!(pieces.get(k) instanceof JsonArray piece)
                    || piece.size() != 2
                    || !isText(piece.get(0))
                    || piece.get(0).getAsString().isEmpty()
                    || piece.get(0).getAsString().length() > MAX_TOKEN_LENGTH
                    || !(piece.get(1) instanceof JsonPrimitive score)
                    || !score.isNumber()
                    || !(Math.abs(score.getAsDouble()) <= SCORE)) {
                throw new MalformedModelException(
                        "Cannot read %s: model.vocab[%d] is %s (must be a text and its score, within %s)"
                                .formatted(
                                        model.location(),
                                        k,
                                        Json.shown(pieces.get(k).toString()),
                                        SCORE));
            }
        }
        model.to().add("vocab", pieces);
        if (model.has("unk_id")) {
            model.integer("unk_id", 0, pieces.size() - 1);
        } else {
            model.to().add("unk_id", JsonNull.INSTANCE);
        }
        model.flags("byte_fallback");
    }

    private static void vocabulary(TokenizerPart model) throws MalformedModelException {
        if (!(model.from().get("vocab") instanceof JsonObject vocabulary) || vocabulary.size() > MAX_TOKENS) {
            throw model.refused("vocab", "an object of at most %d tokens".formatted(MAX_TOKENS));
        }
        Settings ids = new Settings(vocabulary, model.location() + ", model.vocab");
        BitSet taken = new BitSet();
        for (Map.Entry<String, JsonElement> token : vocabulary.entrySet()) {
            int id = ids.integer(token.getKey());
            if (token.getKey().length() > MAX_TOKEN_LENGTH || id < 0 || id >= 2 * MAX_TOKENS || taken.get(id)) {
                throw new MalformedModelException(
                        ("Cannot read %s: token %s of model.vocab has id %d (must be 0 to %d, each once, and at most "
                                        + "%d characters a token)")
                                .formatted(
                                        model.location(),
                                        Json.shown(token.getKey()),
                                        id,
                                        2 * MAX_TOKENS - 1,
                                        MAX_TOKEN_LENGTH));
            }
            taken.set(id);
        }
        model.to().add("vocab", vocabulary);
    }

    /** Tokens that are found before the others. */
    static JsonArray added(TokenizerPart file) throws MalformedModelException {
        JsonArray all = new JsonArray();
        if (!file.has("added_tokens")) {
            return all;
        }
        for (TokenizerPart token : file.parts("added_tokens", MAX_ADDED)) {
            token.integer("id", 0, 2 * MAX_TOKENS - 1);
            String content = token.text("content", MAX_ADDED_LENGTH);
            token.flags("single_word", "lstrip", "rstrip", "normalized", "special");
            if (content.isEmpty()) {
                throw token.refused("content", "at least one character");
            }
            all.add(token.to());
        }
        return all;
    }

    private static void known(TokenizerPart model, String key, String token) throws MalformedModelException {
        if (!model.from().getAsJsonObject("vocab").has(token)) {
            throw model.refused(key, "a token of the vocabulary");
        }
    }

    private static boolean isText(JsonElement element) {
        return element instanceof JsonPrimitive value && value.isString();
    }
}
