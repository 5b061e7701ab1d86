package io.solera.checkpoint.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.solera.checkpoint.file.Folder;
import io.solera.checkpoint.file.Json;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.checkpoint.file.ModelFiles;
import io.solera.text.HubTokenizer;
import io.solera.text.SpecialTokens;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Any other {@code tokenizer.json}: its text is kept, its ids are counted, its special tokens are found. */
public final class HubTokenizerJson {
    /** What a model folder tells of its tokenizer and of generation beside {@code tokenizer.json}. */
    private static final String[] BESIDE = {
        ModelFiles.TOKENIZER_CONFIG,
        ModelFiles.GENERATION_CONFIG,
        ModelFiles.SPECIAL_TOKENS_MAP,
        ModelFiles.CHAT_TEMPLATE
    };

    private HubTokenizerJson() {}

    /** @param framed whether the tokens that it puts around a text are its special ones, see {@link TokenizerFrame} */
    public static HubTokenizer read(Folder folder, String text, JsonObject json, boolean framed) throws IOException {
        String location = folder.location() + "/" + ModelFiles.TOKENIZER;
        Map<String, Integer> ids = ids(json, location);
        HubTokenizer.Opened opened = TokenizerCheck.check(json, location);
        Map<String, String> beside = new TreeMap<>();
        for (String file : BESIDE) {
            if (folder.exists(file)) {
                beside.put(file, Json.text(folder, file));
            }
        }
        int size = 1 + ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1);
        SpecialTokens frame = framed ? TokenizerFrame.read(json, location) : null;
        SpecialTokens special = frame == null ? SpecialTokensJson.read(folder, ids) : frame;
        return new HubTokenizer(text, opened, size, special, beside);
    }

    private static Map<String, Integer> ids(JsonObject json, String location) throws MalformedModelException {
        Map<String, Integer> ids = new HashMap<>();
        try {
            JsonElement vocab = json.getAsJsonObject("model").get("vocab");
            if (vocab.isJsonArray()) {
                JsonArray pieces = vocab.getAsJsonArray();
                for (int id = 0; id < pieces.size(); id++) {
                    ids.put(pieces.get(id).getAsJsonArray().get(0).getAsString(), id);
                }
            } else {
                vocab.getAsJsonObject()
                        .entrySet()
                        .forEach(token ->
                                ids.put(token.getKey(), token.getValue().getAsInt()));
            }
            JsonArray others = json.has("added_tokens") ? json.getAsJsonArray("added_tokens") : new JsonArray();
            for (JsonElement token : others) {
                JsonObject added = token.getAsJsonObject();
                ids.put(added.get("content").getAsString(), added.get("id").getAsInt());
            }
            return ids;
        } catch (NullPointerException
                | ClassCastException
                | IllegalStateException
                | IndexOutOfBoundsException
                | NumberFormatException
                | UnsupportedOperationException e) {
            throw new MalformedModelException(
                    "Cannot read %s: it has no vocabulary as Hugging Face's tokenizers write it".formatted(location));
        }
    }
}
