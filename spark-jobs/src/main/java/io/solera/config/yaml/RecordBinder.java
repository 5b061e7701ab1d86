package io.solera.config.yaml;

import io.solera.lang.Nearest;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A mapping as a record: one key per component, absent ones from the defaults, and the record's own checks with path and place. */
final class RecordBinder {
    private static final Pattern INVALID =
            Pattern.compile("Invalid ([a-z0-9.-]+): (.*) \\((must .*)\\)", Pattern.DOTALL);

    private RecordBinder() {}

    static Object bind(ConfigNode node, Class<?> type, @Nullable Object defaults, String path) {
        ConfigNode.Mapping mapping = mapping(node, path);
        Map<String, RecordComponent> components = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            components.put(KebabCase.of(component.getName()), component);
        }
        for (Map.Entry<String, ConfigNode> entry : mapping.entries().entrySet()) {
            if (!components.containsKey(entry.getKey())) {
                throw unknown(Paths.join(path, entry.getKey()), entry, components);
            }
        }
        @Nullable Object[] values = new Object[components.size()];
        int at = 0;
        for (Map.Entry<String, RecordComponent> component : components.entrySet()) {
            values[at++] = value(mapping, component.getKey(), component.getValue(), defaults, path);
        }
        return make(type, values, mapping, path);
    }

    /** The mapping that a node is; nothing at all, as in {@code qed:}, is an empty one. */
    static ConfigNode.Mapping mapping(ConfigNode node, String path) {
        if (node instanceof ConfigNode.Mapping mapping) {
            return mapping;
        }
        if (node instanceof ConfigNode.Scalar scalar && scalar.isNull()) {
            return new ConfigNode.Mapping(Map.of(), node.place(), false);
        }
        throw ConfigException.invalid(path, node, "must be a mapping of keys to values");
    }

    /** What {@code type.defaults()} gives; null when the record has no such method. */
    static @Nullable Object defaults(Class<?> type) {
        try {
            Method method = type.getDeclaredMethod("defaults");
            method.setAccessible(true);
            return method.invoke(null);
        } catch (NoSuchMethodException e) {
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot read the defaults of " + type.getName(), e);
        }
    }

    private static @Nullable Object value(
            ConfigNode.Mapping mapping, String key, RecordComponent component, @Nullable Object defaults, String path) {
        String keyPath = Paths.join(path, key);
        Object old = defaults == null ? null : component(component, defaults);
        ConfigNode node = mapping.entries().get(key);
        boolean nullable = nullable(component.getAnnotatedType());
        if (node == null) {
            if (old == null && component.getType() == Optional.class) {
                return Optional.empty();
            }
            if (old == null && !nullable) {
                throw new ConfigException("Missing key %s%s (it has no default)"
                        .formatted(keyPath, path.isEmpty() ? "" : " " + mapping.place()));
            }
            return old;
        }
        if (nullable && node instanceof ConfigNode.Scalar scalar && scalar.isNull()) {
            return null;
        }
        return ValueBinder.bind(node, component.getGenericType(), old, keyPath);
    }

    private static boolean nullable(AnnotatedElement type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    static @Nullable Object component(RecordComponent component, Object record) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot read " + component, e);
        }
    }

    private static Object make(Class<?> type, @Nullable Object[] values, ConfigNode.Mapping mapping, String path) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw new ConfigException(located(String.valueOf(refused.getMessage()), mapping, path));
            }
            throw new IllegalStateException("Cannot make a " + type.getSimpleName() + " of " + path, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot make a " + type.getSimpleName() + " of " + path, e);
        }
    }

    /** The message of a record's check, with the whole path of its key and the place where the key stands. */
    private static String located(String message, ConfigNode.Mapping mapping, String path) {
        Matcher invalid = INVALID.matcher(message);
        if (invalid.matches()) {
            ConfigNode node = mapping.find(invalid.group(1));
            if (node != null) {
                return "Invalid %s: %s %s (%s)"
                        .formatted(
                                Paths.join(path, invalid.group(1)), invalid.group(2), node.place(), invalid.group(3));
            }
        }
        return path.isEmpty() ? message : "%s %s: %s".formatted(path, mapping.place(), message);
    }

    private static ConfigException unknown(
            String path, Map.Entry<String, ConfigNode> entry, Map<String, RecordComponent> components) {
        return new ConfigException("Unknown key %s %s%s"
                .formatted(
                        path,
                        entry.getValue().place(),
                        Nearest.of(entry.getKey(), components.keySet())
                                .map(" (did you mean %s?)"::formatted)
                                .orElse("")));
    }
}
