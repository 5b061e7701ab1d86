package io.solera.config.yaml;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A node as a value of a declared type: a scalar, a record, an Optional, a List or a Map with text keys, or Object for
 * what YAML takes it for.
 */
final class ValueBinder {
    private ValueBinder() {}

    static Object bind(ConfigNode node, Type type, @Nullable Object old, String path) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == Optional.class) {
                boolean empty = node instanceof ConfigNode.Scalar scalar && scalar.isNull();
                Object inner = old instanceof Optional<?> optional ? optional.orElse(null) : null;
                return empty ? Optional.empty() : Optional.of(bind(node, arguments[0], inner, path));
            } else if (generic.getRawType() == List.class) {
                return list(node, arguments[0], path);
            } else if (generic.getRawType() == Map.class && arguments[0] == String.class) {
                return map(node, arguments[1], old instanceof Map<?, ?> map ? map : Map.of(), path);
            }
        } else if (type instanceof Class<?> plain) {
            if (plain.isRecord()) {
                return RecordBinder.bind(node, plain, old == null ? RecordBinder.defaults(plain) : old, path);
            } else if (plain == Object.class) {
                return natural(node, path);
            } else if (Scalars.knows(plain)) {
                return Scalars.read(node, plain, path);
            }
        }
        throw new IllegalStateException("Cannot read %s: its type is not supported (%s)".formatted(path, type));
    }

    private static List<Object> list(ConfigNode node, Type element, String path) {
        if (!(node instanceof ConfigNode.Sequence sequence)) {
            throw ConfigException.invalid(path, node, "must be a list");
        }
        List<Object> result = new ArrayList<>();
        for (ConfigNode item : sequence.items()) {
            result.add(bind(item, element, null, path + "[" + result.size() + "]"));
        }
        return List.copyOf(result);
    }

    private static Map<String, Object> map(ConfigNode node, Type element, Map<?, ?> old, String path) {
        ConfigNode.Mapping mapping = RecordBinder.mapping(node, path);
        Map<String, Object> result = new LinkedHashMap<>();
        if (mapping.partial()) {
            old.forEach((key, value) -> result.put((String) key, value));
        }
        mapping.entries()
                .forEach((key, value) -> result.put(key, bind(value, element, old.get(key), Paths.join(path, key))));
        return Collections.unmodifiableMap(result);
    }

    private static Object natural(ConfigNode node, String path) {
        if (node instanceof ConfigNode.Mapping mapping) {
            return map(mapping, Object.class, Map.of(), path);
        } else if (node instanceof ConfigNode.Sequence sequence) {
            return list(sequence, Object.class, path);
        }
        return Scalars.natural((ConfigNode.Scalar) node, path);
    }
}
