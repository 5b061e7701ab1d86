package io.solera.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/** JSON with null instead of numbers that JSON does not have: NaN and infinities, such as the mean of nothing. */
final class FiniteJson {
    private FiniteJson() {}

    static JsonObject of(JsonObject json) {
        JsonObject result = new JsonObject();
        json.entrySet().forEach(entry -> result.add(entry.getKey(), of(entry.getValue())));
        return result;
    }

    private static JsonElement of(JsonElement json) {
        if (json instanceof JsonObject object) {
            return of(object);
        } else if (json instanceof JsonArray array) {
            JsonArray result = new JsonArray();
            array.forEach(element -> result.add(of(element)));
            return result;
        } else if (json instanceof JsonPrimitive number
                && number.isNumber()
                && !Double.isFinite(number.getAsDouble())) {
            return JsonNull.INSTANCE;
        }
        return json;
    }
}
