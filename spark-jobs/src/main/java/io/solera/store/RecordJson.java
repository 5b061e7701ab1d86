package io.solera.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Records as the JSON of a run's files: a component {@code perSample} is the key {@code per_sample}, in the order of
 * the record. A component that is {@code @Nullable} may be absent, an {@link Optional} may be null, and a double is
 * null where it is not a finite number. Other keys are ignored.
 */
public final class RecordJson {
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
    private static final int SHOWN = 60;

    private final String location;

    private RecordJson(String location) {
        this.location = location;
    }

    public static JsonObject write(Record record) {
        JsonObject json = new JsonObject();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = value(component, record);
            if (value != null) {
                json.add(key(component), element(value));
            }
        }
        return json;
    }

    /**
     * @param location of the file, for messages
     * @throws DamagedRunException naming file and key, when a key is missing or its value is of another type
     */
    public static <R extends Record> R read(JsonObject json, Class<R> type, String location)
            throws DamagedRunException {
        return type.cast(new RecordJson(location).record(json, type, ""));
    }

    /**
     * A number under a key that is no component of a record, such as the name of a reward; NaN where it is absent or
     * null.
     *
     * @throws DamagedRunException naming file and key, when the value is not a number
     */
    public static double number(JsonObject json, String key, String location) throws DamagedRunException {
        JsonElement value = json.get(key);
        if (value == null || value.isJsonNull()) {
            return Double.NaN;
        }
        try {
            return value.getAsJsonPrimitive().getAsDouble(); // NaN is a text in what Gson reads
        } catch (IllegalStateException | NumberFormatException e) {
            throw new RecordJson(location).wrong(key, value, "a number or null");
        }
    }

    private static JsonElement element(Object value) {
        if (value instanceof JsonElement json) {
            return json;
        } else if (value instanceof Record record) {
            return write(record);
        } else if (value instanceof Optional<?> optional) {
            return optional.isPresent() ? element(optional.get()) : JsonNull.INSTANCE;
        } else if (value instanceof Map<?, ?> map) {
            JsonObject object = new JsonObject();
            map.forEach((name, one) -> object.add(String.valueOf(name), element(one)));
            return object;
        } else if (value instanceof Collection<?> all) {
            JsonArray array = new JsonArray();
            all.forEach(one -> array.add(element(one)));
            return array;
        } else if (value instanceof Double number) {
            return Double.isFinite(number) ? new JsonPrimitive(number) : JsonNull.INSTANCE;
        } else if (value instanceof Number number) {
            return new JsonPrimitive(number);
        } else if (value instanceof Boolean bit) {
            return new JsonPrimitive(bit);
        } else if (value instanceof String text) {
            return new JsonPrimitive(text);
        }
        throw new IllegalStateException("Cannot write a %s as JSON".formatted(value.getClass()));
    }

    private Object record(JsonElement json, Class<?> type, String path) throws DamagedRunException {
        if (!(json instanceof JsonObject object)) {
            throw wrong(path, json, "an object");
        }
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new Object[components.length];
        for (int k = 0; k < values.length; k++) {
            String key = key(components[k]);
            String place = path.isEmpty() ? key : path + "." + key;
            JsonElement value = object.get(key);
            boolean absent = components[k].getAnnotatedType().isAnnotationPresent(Nullable.class);
            if (value == null && !absent) {
                throw DamagedRunException.of(location, "%s is missing".formatted(place));
            }
            boolean none = value == null || (value.isJsonNull() && absent && components[k].getType() != Double.class);
            values[k] = none ? null : value(value, components[k].getGenericType(), place);
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw DamagedRunException.of(
                    location,
                    "%s: %s"
                            .formatted(
                                    path,
                                    e.getCause() == null ? e : e.getCause().getMessage()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot make a " + type, e);
        }
    }

    private Object value(JsonElement json, Type type, String path) throws DamagedRunException {
        if (type instanceof ParameterizedType generic) {
            Type[] of = generic.getActualTypeArguments();
            if (generic.getRawType() == Optional.class) {
                return json.isJsonNull() ? Optional.empty() : Optional.of(value(json, of[0], path));
            }
            return generic.getRawType() == List.class ? list(json, of[0], path) : map(json, of[1], path);
        }
        if (type == JsonObject.class && json.isJsonObject()) {
            return json;
        } else if (type == double.class || type == Double.class) {
            if (json.isJsonNull()) {
                return Double.NaN;
            } else if (json instanceof JsonPrimitive number && number.isNumber()) {
                return number.getAsDouble();
            }
            throw wrong(path, json, "a number or null");
        } else if (type == int.class || type == Integer.class || type == long.class) {
            return whole(json, type, path);
        } else if (type == boolean.class && json instanceof JsonPrimitive bit && bit.isBoolean()) {
            return bit.getAsBoolean();
        } else if (type == String.class && json instanceof JsonPrimitive text && text.isString()) {
            return text.getAsString();
        } else if (type instanceof Class<?> record && record.isRecord()) {
            return record(json, record, path);
        }
        throw wrong(
                path, json, type == String.class ? "a text" : type == boolean.class ? "true or false" : "an object");
    }

    private Number whole(JsonElement json, Type type, String path) throws DamagedRunException {
        if (json instanceof JsonPrimitive number
                && number.isNumber()
                && WHOLE.matcher(number.getAsString()).matches()) {
            long value = Long.parseLong(number.getAsString());
            if (type == long.class) {
                return value;
            } else if (value == (int) value) {
                return (int) value;
            }
        }
        throw wrong(path, json, "a whole number");
    }

    private List<Object> list(JsonElement json, Type of, String path) throws DamagedRunException {
        if (!(json instanceof JsonArray array)) {
            throw wrong(path, json, "a list");
        }
        List<Object> list = new ArrayList<>();
        for (int k = 0; k < array.size(); k++) {
            list.add(value(array.get(k), of, "%s[%d]".formatted(path, k)));
        }
        return List.copyOf(list);
    }

    private Map<String, Object> map(JsonElement json, Type of, String path) throws DamagedRunException {
        if (!(json instanceof JsonObject object)) {
            throw wrong(path, json, "an object");
        }
        Map<String, Object> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
            map.put(entry.getKey(), value(entry.getValue(), of, path + "." + entry.getKey()));
        }
        return Collections.unmodifiableMap(map);
    }

    private DamagedRunException wrong(String path, JsonElement json, String rule) {
        String value = json.toString().replaceAll("\\p{Cntrl}", "?");
        return DamagedRunException.of(
                location,
                "%s is %s (must be %s)"
                        .formatted(
                                path.isEmpty() ? "its content" : path.replaceAll("\\p{Cntrl}", "?"),
                                value.length() > SHOWN ? value.substring(0, SHOWN) + "..." : value,
                                rule));
    }

    private static String key(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static @Nullable Object value(RecordComponent component, Record record) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot read " + component, e);
        }
    }
}
