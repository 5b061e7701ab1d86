package io.solera.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.solera.lang.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A manifest's JSON, which is untrusted: values are checked by type and form, with errors that name file, key and rule.
 *
 * @param location of the file, for messages
 */
record ManifestJson(JsonObject json, int round, String location) {
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,18}");
    private static final int SHOWN = 60;

    String text(String key, Pattern form, String rule) throws DamagedRunException {
        if (json.get(key) instanceof JsonPrimitive value
                && value.isString()
                && form.matcher(value.getAsString()).matches()) {
            return value.getAsString();
        }
        throw wrong(key, rule);
    }

    long count(String key) throws DamagedRunException {
        if (json.get(key) instanceof JsonPrimitive value
                && value.isNumber()
                && COUNT.matcher(value.getAsString()).matches()) {
            return Long.parseLong(value.getAsString());
        }
        throw wrong(key, "a whole number");
    }

    JsonObject object(String key) throws DamagedRunException {
        if (json.get(key) instanceof JsonObject object) {
            return object;
        }
        throw wrong(key, "an object");
    }

    List<ManifestJson> objects(String key) throws DamagedRunException {
        List<ManifestJson> objects = new ArrayList<>();
        for (JsonElement element : array(key)) {
            if (!(element instanceof JsonObject object)) {
                throw wrong(key, "a list of objects");
            }
            objects.add(new ManifestJson(object, round, location));
        }
        return objects;
    }

    List<String> texts(String key, List<String> known) throws DamagedRunException {
        List<String> texts = new ArrayList<>();
        for (JsonElement element : array(key)) {
            if (!(element instanceof JsonPrimitive value)
                    || !value.isString()
                    || !known.contains(value.getAsString())) {
                throw wrong(key, "a list of " + String.join(", ", known));
            }
            texts.add(value.getAsString());
        }
        return texts;
    }

    private JsonArray array(String key) throws DamagedRunException {
        if (json.get(key) instanceof JsonArray array) {
            return array;
        }
        throw wrong(key, "a list");
    }

    DamagedRunException wrong(String key, String rule) {
        String value = Excerpt.inLine(String.valueOf(json.get(key)), SHOWN);
        return new DamagedRunException(round, "%s: %s is %s (must be %s)".formatted(location, key, value, rule));
    }
}
