package io.solera.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers with as many digits as a page needs; null where there is none. */
final class ShortNumbers {
    private ShortNumbers() {}

    static JsonElement of(double value, int digits) {
        if (!Double.isFinite(value)) {
            return JsonNull.INSTANCE;
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return new JsonPrimitive((long) value);
        }
        return new JsonPrimitive(new BigDecimal(value).round(new MathContext(digits)));
    }

    static JsonArray array(double[] values, int digits) {
        JsonArray array = new JsonArray(values.length);
        for (double value : values) {
            array.add(of(value, digits));
        }
        return array;
    }

    /** The same document with every number shortened. */
    static JsonElement in(JsonElement json, int digits) {
        if (json instanceof JsonObject object) {
            JsonObject result = new JsonObject();
            object.entrySet().forEach(entry -> result.add(entry.getKey(), in(entry.getValue(), digits)));
            return result;
        } else if (json instanceof JsonArray array) {
            JsonArray result = new JsonArray(array.size());
            array.forEach(element -> result.add(in(element, digits)));
            return result;
        }
        return json instanceof JsonPrimitive number && number.isNumber() ? of(number.getAsDouble(), digits) : json;
    }
}
