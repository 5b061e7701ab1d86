package io.solera.reinvent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.solera.problem.SettingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A table of a configuration that remembers which of its keys were read, so that none is dropped unnoticed. */
final class Section {
    private final String path;
    private final ObjectNode content;
    private final Set<String> read = new LinkedHashSet<>();
    private final Map<String, Section> inner = new LinkedHashMap<>();

    private Section(String path, ObjectNode content) {
        this.path = path;
        this.content = content;
    }

    static Section root(ObjectNode content) {
        return new Section("", content);
    }

    String path() {
        return path;
    }

    String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    boolean has(String key) {
        return content.hasNonNull(key);
    }

    /** Its keys, in the order of the file. */
    List<String> keys() {
        List<String> keys = new ArrayList<>();
        content.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private @Nullable JsonNode value(String key) {
        read.add(key);
        return has(key) ? content.get(key) : null;
    }

    @Nullable
    String text(String key) {
        JsonNode value = value(key);
        if (value != null && !value.isTextual()) {
            throw wrong(key, value, "must be a text");
        }
        return value == null ? null : value.textValue();
    }

    String text(String key, String otherwise) {
        String text = text(key);
        return text == null ? otherwise : text;
    }

    @Nullable
    Double number(String key) {
        JsonNode value = value(key);
        if (value != null && !value.isNumber()) {
            throw wrong(key, value, "must be a number");
        }
        return value == null ? null : value.doubleValue();
    }

    double number(String key, double otherwise) {
        Double number = number(key);
        return number == null ? otherwise : number;
    }

    double required(String key) {
        Double number = number(key);
        if (number == null) {
            throw new SettingException(path(key), "nothing", "must be given");
        }
        return number;
    }

    int whole(String key, int otherwise) {
        double number = number(key, otherwise);
        if (number != (int) number) {
            throw new SettingException(path(key), number, "must be a whole number");
        }
        return (int) number;
    }

    boolean flag(String key, boolean otherwise) {
        JsonNode value = value(key);
        if (value != null && !value.isBoolean()) {
            throw wrong(key, value, "must be true or false");
        }
        return value == null ? otherwise : value.booleanValue();
    }

    /** A text, or a list of texts. */
    List<String> texts(String key) {
        JsonNode value = value(key);
        List<String> texts = new ArrayList<>();
        if (value != null && value.isTextual()) {
            texts.add(value.textValue());
        } else if (value != null && value.isArray()) {
            value.forEach(each -> {
                if (!each.isTextual()) {
                    throw wrong(key, each, "must be texts");
                }
                texts.add(each.textValue());
            });
        } else if (value != null) {
            throw wrong(key, value, "must be a text or a list of texts");
        }
        return texts;
    }

    /** A table in it; an empty one where there is none. */
    Section section(String key) {
        JsonNode value = value(key);
        if (value != null && !value.isObject()) {
            throw wrong(key, value, "must be a table");
        }
        return inner(path(key), value == null ? JsonNodeFactory.instance.objectNode() : (ObjectNode) value);
    }

    /** A list of tables in it. */
    List<Section> list(String key) {
        JsonNode value = value(key);
        if (value != null && !value.isArray()) {
            throw wrong(key, value, "must be a list of tables, [[%s]]".formatted(key));
        }
        List<Section> list = new ArrayList<>();
        for (int i = 0; value != null && i < value.size(); i++) {
            String place = "%s[%d]".formatted(path(key), i);
            if (!(value.get(i) instanceof ObjectNode table)) {
                throw new SettingException(place, value.get(i), "must be a table");
            }
            list.add(inner(place, table));
        }
        return list;
    }

    /** A table in it, with the keys of another that it lacks. */
    Section section(String key, Section others) {
        Section own = section(key);
        ObjectNode both = others.content.deepCopy();
        both.setAll(own.content);
        others.read.addAll(others.keys());
        return inner.compute(own.path, (path, before) -> new Section(path, both));
    }

    private Section inner(String place, ObjectNode table) {
        return inner.computeIfAbsent(place, path -> new Section(path, table));
    }

    /** Takes all that is in it as read. */
    void skip() {
        read.addAll(keys());
    }

    /** The keys that nobody has read, of it and of the tables in it, as {@code path = value}. */
    List<String> unread() {
        List<String> unread = new ArrayList<>();
        for (String key : keys()) {
            if (!read.contains(key)) {
                unread.add(path(key) + " = " + shown(content.get(key)));
            }
        }
        inner.values().forEach(section -> unread.addAll(section.unread()));
        return unread;
    }

    private SettingException wrong(String key, JsonNode value, String rule) {
        return new SettingException(path(key), shown(value), rule);
    }

    private static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
}
