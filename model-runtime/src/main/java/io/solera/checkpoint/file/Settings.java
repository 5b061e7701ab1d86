package io.solera.checkpoint.file;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The settings of a {@code config.json}, with errors that name file and key. */
public record Settings(JsonObject json, String location) {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]{1,20}");
    private static final int LONGEST = 24;

    public boolean has(String key) {
        return json.has(key) && !json.get(key).isJsonNull();
    }

    public int integer(String key) throws MalformedModelException {
        double value = number(key);
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw invalid(key, "a whole number");
        }
        return (int) value;
    }

    public int integer(String key, int otherwise) throws MalformedModelException {
        return has(key) ? integer(key) : otherwise;
    }

    public double number(String key) throws MalformedModelException {
        if (!has(key)) {
            throw new MalformedModelException("Cannot read %s: %s is missing".formatted(location, key));
        }
        if (!(json.get(key) instanceof JsonPrimitive value) || !value.isNumber()) {
            throw invalid(key, "a number");
        }
        double number = value.getAsDouble();
        if (!Double.isFinite(number)) {
            throw invalid(key, "a finite number");
        }
        return number;
    }

    public double number(String key, double otherwise) throws MalformedModelException {
        return has(key) ? number(key) : otherwise;
    }

    public String text(String key, String otherwise) throws MalformedModelException {
        if (!has(key)) {
            return otherwise;
        }
        if (!(json.get(key) instanceof JsonPrimitive value) || !value.isString()) {
            throw invalid(key, "a text");
        }
        return value.getAsString();
    }

    public boolean flag(String key, boolean otherwise) throws MalformedModelException {
        if (!has(key)) {
            return otherwise;
        }
        if (!(json.get(key) instanceof JsonPrimitive value) || !value.isBoolean()) {
            throw invalid(key, "true or false");
        }
        return value.getAsBoolean();
    }

    /** An object inside, empty where there is none; its keys are named with this one before them. */
    public Settings inside(String key) throws MalformedModelException {
        if (!has(key)) {
            return new Settings(new JsonObject(), location);
        }
        if (!json.get(key).isJsonObject()) {
            throw invalid(key, "an object");
        }
        return new Settings(json.getAsJsonObject(key), location + ", " + key);
    }

    /** Refuses every setting that is there and has another value: that is another network. */
    public void require(Map<String, JsonPrimitive> only) throws MalformedModelException {
        for (Map.Entry<String, JsonPrimitive> setting : only.entrySet()) {
            if (has(setting.getKey()) && !json.get(setting.getKey()).equals(setting.getValue())) {
                throw invalid(setting.getKey(), setting.getValue().toString());
            }
        }
    }

    public MalformedModelException invalid(String key, String rule) {
        return new MalformedModelException(
                "Cannot read %s: %s is %s (must be %s)".formatted(location, key, shown(json.get(key)), rule));
    }

    /** A number or a short word; nothing else is quoted, as the file may be one that whoever named it may not read. */
    private static String shown(@Nullable JsonElement value) {
        if (value instanceof JsonPrimitive given) {
            String text = given.toString();
            return given.isString() && !WORD.matcher(given.getAsString()).matches()
                    ? "another text"
                    : text.substring(0, Math.min(text.length(), LONGEST));
        }
        return value == null || value.isJsonNull() ? "null" : value.isJsonArray() ? "a list" : "an object";
    }
}
