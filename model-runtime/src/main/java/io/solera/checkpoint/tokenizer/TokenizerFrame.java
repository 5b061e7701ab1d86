package io.solera.checkpoint.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.text.SpecialTokens;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that a {@code tokenizer.json} puts around one text, such as [CLS] and [SEP]: its {@code post_processor}, which the policies
 * here leave out.
 */
final class TokenizerFrame {
    private TokenizerFrame() {}

    /** Null where it puts none after a text. */
    static @Nullable SpecialTokens read(JsonObject json, String location) throws MalformedModelException {
        try {
            for (JsonObject processor : processors(json.get("post_processor"))) {
                SpecialTokens frame = of(processor);
                if (frame != null) {
                    return frame;
                }
            }
            return null;
        } catch (NullPointerException
                | ClassCastException
                | IllegalStateException
                | IndexOutOfBoundsException
                | NumberFormatException
                | UnsupportedOperationException e) {
            // Gson's messages quote what they read
            throw new MalformedModelException(
                    "Cannot read %s: its post_processor is none of Hugging Face's tokenizers".formatted(location));
        }
    }

    private static List<JsonObject> processors(@Nullable JsonElement given) {
        if (given == null || given.isJsonNull()) {
            return List.of();
        }
        JsonObject one = given.getAsJsonObject();
        if (!one.get("type").getAsString().equals("Sequence")) {
            return List.of(one);
        }
        List<JsonObject> all = new ArrayList<>();
        one.getAsJsonArray("processors").forEach(each -> all.add(each.getAsJsonObject()));
        return all;
    }

    private static @Nullable SpecialTokens of(JsonObject processor) {
        switch (processor.get("type").getAsString()) {
            case "BertProcessing", "RobertaProcessing" -> {
                int begin = processor.getAsJsonArray("cls").get(1).getAsInt();
                int end = processor.getAsJsonArray("sep").get(1).getAsInt();
                return new SpecialTokens(begin, List.of(end), end);
            }
            case "TemplateProcessing" -> {
                return template(processor);
            }
            default -> {
                return null;
            }
        }
    }

    private static @Nullable SpecialTokens template(JsonObject processor) {
        List<Integer> before = new ArrayList<>();
        List<Integer> after = new ArrayList<>();
        boolean text = false;
        for (JsonElement each : processor.getAsJsonArray("single")) {
            JsonObject part = each.getAsJsonObject();
            if (part.has("Sequence")) {
                text = true;
            } else {
                String name = part.getAsJsonObject("SpecialToken").get("id").getAsString();
                JsonArray ids = processor
                        .getAsJsonObject("special_tokens")
                        .getAsJsonObject(name)
                        .getAsJsonArray("ids");
                for (JsonElement id : ids) {
                    (text ? after : before).add(id.getAsInt());
                }
            }
        }
        if (before.size() > 1 || after.size() > 1) {
            throw new IllegalStateException("it puts more than one token before or after a text");
        }
        return after.isEmpty() ? null : new SpecialTokens(before.isEmpty() ? null : before.get(0), after, after.get(0));
    }
}
