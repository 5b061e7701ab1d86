package io.solera.config.yaml;

import io.solera.lang.Nearest;
import io.solera.problem.Problem;
import io.solera.problem.SettingException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A mapping as a record: one key per component, absent ones from the defaults, and the record's own checks with path
 * and place.
 */
final class RecordBinder {
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
            throw refusal(e.getCause(), mapping, path);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot make a " + type.getSimpleName() + " of " + path, e);
        }
    }

    /**
     * What a record's check refuses, with the whole path of its key, the place of the key, and the value as it is
     * written there.
     */
    private static RuntimeException refusal(@Nullable Throwable problem, ConfigNode.Mapping mapping, String path) {
        if (problem instanceof SettingException setting) {
            return refused(setting, mapping, path);
        } else if (problem instanceof Problem) {
            String message = String.valueOf(problem.getMessage());
            return new ConfigException(
                    path.isEmpty() ? message : "%s %s: %s".formatted(path, mapping.place(), message));
        }
        return new IllegalStateException("Cannot read " + (path.isEmpty() ? "a job" : path), problem);
    }

    static ConfigException refused(SettingException setting, ConfigNode.Mapping mapping, String path) {
        ConfigNode node = mapping.find(setting.key());
        return new ConfigException(setting.at(
                Paths.join(path, setting.key()),
                node == null ? "" : node.place(),
                node instanceof ConfigNode.Scalar scalar ? scalar.shown() : null));
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
