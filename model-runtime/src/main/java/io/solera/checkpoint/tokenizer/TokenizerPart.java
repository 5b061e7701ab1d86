package io.solera.checkpoint.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.solera.checkpoint.file.Json;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.checkpoint.file.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A part of a foreign {@code tokenizer.json} while it is checked: each setting that Hugging Face's library reads is taken over into a part of
 * ours once it is found good. What is not taken over never reaches the library.
 *
 * @param path where it is in the file, such as {@code normalizer.normalizers[1]}
 */
record TokenizerPart(JsonObject from, JsonObject to, String location, String path) {
    TokenizerPart(JsonObject from, String location, String path) {
        this(from, new JsonObject(), location, path);
    }

    /** The part of that name; null where there is none. */
    @Nullable
    TokenizerPart part(String key) throws MalformedModelException {
        JsonElement value = from.get(key);
        if (value == null || value.isJsonNull()) {
            return null;
        }
        if (!(value instanceof JsonObject object)) {
            throw refused(key, "an object or null");
        }
        return new TokenizerPart(object, location, path.isEmpty() ? key : path + "." + key);
    }

    List<TokenizerPart> parts(String key, int most) throws MalformedModelException {
        JsonArray array = array(key);
        if (array.size() > most) {
            throw refused(key, "at most %d of them".formatted(most));
        }
        List<TokenizerPart> parts = new ArrayList<>();
        for (int k = 0; k < array.size(); k++) {
            if (!(array.get(k) instanceof JsonObject object)) {
                throw refused(key, "a list of objects");
            }
            parts.add(new TokenizerPart(object, location, (path.isEmpty() ? key : path + "." + key) + "[" + k + "]"));
        }
        return parts;
    }

    JsonArray array(String key) throws MalformedModelException {
        if (from.get(key) instanceof JsonArray array) {
            return array;
        }
        throw refused(key, "a list");
    }

    /** What kind of part it is. */
    String type() throws MalformedModelException {
        return text("type", 64);
    }

    boolean has(String key) {
        return from.has(key) && !from.get(key).isJsonNull();
    }

    void flags(String... keys) throws MalformedModelException {
        for (String key : keys) {
            if (has(key)) {
                if (!(from.get(key) instanceof JsonPrimitive value) || !value.isBoolean()) {
                    throw refused(key, "true or false");
                }
                to.add(key, value);
            }
        }
    }

    String text(String key, int most) throws MalformedModelException {
        if (!(from.get(key) instanceof JsonPrimitive value)
                || !value.isString()
                || value.getAsString().length() > most) {
            throw refused(key, "a text of at most %d characters".formatted(most));
        }
        to.add(key, value);
        return value.getAsString();
    }

    /** A text that may be absent or null, then empty. */
    String optionalText(String key, int most) throws MalformedModelException {
        if (has(key)) {
            return text(key, most);
        }
        to.add(key, JsonNull.INSTANCE);
        return "";
    }

    void letter(String key) throws MalformedModelException {
        String text = text(key, 2);
        if (text.codePointCount(0, text.length()) != 1) {
            throw refused(key, "one character");
        }
    }

    void choice(String key, Set<String> choices) throws MalformedModelException {
        if (has(key) && !choices.contains(text(key, 64))) {
            throw refused(key, "one of " + choices);
        }
    }

    int integer(String key, int least, int most) throws MalformedModelException {
        int number = new Settings(from, location).integer(key);
        if (number < least || number > most) {
            throw refused(key, "%d to %d".formatted(least, most));
        }
        to.addProperty(key, number);
        return number;
    }

    MalformedModelException refused(String key, String rule) {
        return new MalformedModelException("Cannot read %s: %s is %s (must be %s)"
                .formatted(
                        location,
                        path.isEmpty() ? key : path + "." + key,
                        from.has(key) ? Json.shown(from.get(key).toString()) : "missing",
                        rule));
    }
}
