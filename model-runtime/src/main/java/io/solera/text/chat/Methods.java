package io.solera.text.chat;

import io.solera.text.chat.Values.Undefined;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Methods of texts and objects: those of Python that do not modify anything. */
final class Methods {
    private static final Set<String> OF_TEXTS = Set.of(
            "strip",
            "lstrip",
            "rstrip",
            "split",
            "rsplit",
            "splitlines",
            "startswith",
            "endswith",
            "replace",
            "upper",
            "lower",
            "title",
            "capitalize",
            "find",
            "rfind",
            "count",
            "join",
            "removeprefix",
            "removesuffix",
            "isdigit");
    private static final Set<String> OF_OBJECTS = Set.of("get", "items", "keys", "values");
    /** Python methods that are not supported here: a template that names one means the method, not a field. */
    private static final Set<String> REFUSED =
            Set.of("pop", "popitem", "update", "clear", "setdefault", "copy", "fromkeys");

    private Methods() {}

    /** The method of that name, or null if the value has none. */
    static Values.@Nullable Function of(Object value, String name, Meter meter) {
        if (value instanceof String text && OF_TEXTS.contains(name)) {
            return given -> ofText(text, name, given, meter);
        }
        if (value instanceof Map<?, ?> map) {
            if (REFUSED.contains(name) && !map.containsKey(name)) {
                throw new TemplateException("method %s of objects is not known (known are %s)"
                        .formatted(
                                name,
                                String.join(", ", OF_OBJECTS.stream().sorted().toList())));
            }
            if (OF_OBJECTS.contains(name)) {
                return given -> ofObject(map, name, given, meter);
            }
        }
        return null;
    }

    private static Object ofObject(Map<?, ?> map, String name, Arguments given, Meter meter) {
        if (name.equals("get")) {
            given.accept("key", "default");
            Object value = map.get(given.required(0, "key"));
            return value != null ? value : given.value(1, "default", Values.NONE);
        }
        given.accept();
        if (name.equals("items")) {
            return Values.pairs(map, meter);
        }
        meter.listed(map.size());
        return name.equals("keys") ? new ArrayList<>(map.keySet()) : new ArrayList<>(map.values());
    }

    private static Object ofText(String text, String name, Arguments given, Meter meter) {
        meter.made(text.length());
        switch (name) {
            case "strip", "lstrip", "rstrip" -> {
                given.accept("chars");
                Object chars = given.value(0, "chars", Values.NONE);
                String taken = chars == Values.NONE ? null : given.text(0, "chars");
                meter.searched(text, taken == null ? "" : taken);
                return Texts.stripped(text, taken, !name.equals("rstrip"), !name.equals("lstrip"));
            }
            case "split", "rsplit" -> {
                given.accept("sep", "maxsplit");
                int max = given.whole(1, "maxsplit", -1);
                if (given.value(0, "sep", Values.NONE) == Values.NONE) {
                    if (max >= 0) {
                        throw new TemplateException("%s needs a separator where it has a maxsplit".formatted(name));
                    }
                    return words(text, meter);
                }
                return split(text, given.text(0, "sep"), max, name.equals("split"), meter);
            }
            case "splitlines" -> {
                given.accept();
                return new ArrayList<Object>(text.lines().toList());
            }
            case "startswith", "endswith" -> {
                given.accept("part");
                Object part = given.required(0, "part");
                List<?> parts = part instanceof List<?> several ? several : List.of(given.text(0, "part"));
                return parts.stream()
                        .map(String::valueOf)
                        .anyMatch(one -> name.equals("startswith") ? text.startsWith(one) : text.endsWith(one));
            }
            case "replace" -> {
                given.accept("old", "new", "count");
                return replaced(text, given.text(0, "old"), given.text(1, "new"), given.whole(2, "count", -1), meter);
            }
            case "find", "rfind", "count" -> {
                given.accept("sub");
                String part = given.text(0, "sub");
                meter.searched(text, part);
                if (name.equals("count")) {
                    return (long) split(text, part, -1, true, meter).size() - 1;
                }
                int at = name.equals("find") ? text.indexOf(part) : text.lastIndexOf(part);
                return at < 0 ? -1L : (long) text.codePointCount(0, at);
            }
            case "join" -> {
                given.accept("of");
                return joined(text, Values.entries(given.required(0, "of"), meter), meter);
            }
            case "removeprefix", "removesuffix" -> {
                given.accept("part");
                String part = given.text(0, "part");
                boolean prefix = name.equals("removeprefix");
                if (prefix ? !text.startsWith(part) : !text.endsWith(part)) {
                    return text;
                }
                return prefix ? text.substring(part.length()) : text.substring(0, text.length() - part.length());
            }
            default -> {
                given.accept();
                return switch (name) {
                    case "upper" -> text.toUpperCase(Locale.ROOT);
                    case "lower" -> text.toLowerCase(Locale.ROOT);
                    case "title" -> Texts.titled(text, true);
                    case "capitalize" -> Texts.capitalized(text);
                    default -> !text.isEmpty() && text.codePoints().allMatch(Character::isDigit);
                };
            }
        }
    }

    private static List<Object> words(String text, Meter meter) {
        List<Object> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int c : (text + " ").codePoints().toArray()) {
            if (!Texts.isSpace(c)) {
                word.appendCodePoint(c);
            } else if (word.length() > 0) {
                words.add(word.toString());
                word.setLength(0);
            }
        }
        meter.listed(words.size());
        return words;
    }

    static List<Object> split(String text, String part, int max, boolean fromLeft, Meter meter) {
        if (part.isEmpty()) {
            throw new TemplateException("a text cannot be split by an empty one");
        }
        meter.searched(text, part);
        List<Object> parts = new ArrayList<>();
        if (fromLeft) {
            int begin = 0;
            for (int at = text.indexOf(part); at >= 0 && parts.size() != max; at = text.indexOf(part, begin)) {
                parts.add(text.substring(begin, at));
                begin = at + part.length();
            }
            parts.add(text.substring(begin));
        } else {
            int end = text.length();
            for (int at = text.lastIndexOf(part); at >= 0 && parts.size() != max; ) {
                parts.add(0, text.substring(at + part.length(), end));
                end = at;
                at = end < part.length() ? -1 : text.lastIndexOf(part, end - part.length());
            }
            parts.add(0, text.substring(0, end));
        }
        meter.listed(parts.size());
        return parts;
    }

    static String replaced(String text, String old, String by, int max, Meter meter) {
        if (old.isEmpty()) {
            throw new TemplateException("an empty text cannot be replaced");
        }
        List<Object> parts = split(text, old, max, true, meter);
        return joined(by, parts, meter);
    }

    static String joined(String between, List<Object> parts, Meter meter) {
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < parts.size(); k++) {
            String part = Values.text(parts.get(k), meter);
            meter.made((long) part.length() + between.length());
            text.append(k > 0 ? between : "").append(part);
        }
        return text.toString();
    }

    /** An attribute of a value, as in {@code value.name}; undefined if there is none. */
    static Object attribute(Object value, String name, Meter meter) {
        if (value instanceof Undefined) {
            throw new TemplateException("%s has no %s".formatted(Values.kind(value), TemplateException.shown(name)));
        }
        if (name.startsWith("__")) {
            throw new TemplateException("%s is not read (names that begin with __ are Python's own)"
                    .formatted(TemplateException.shown(name)));
        }
        Values.Function method = of(value, name, meter);
        if (method != null) {
            return method;
        }
        Object field = value instanceof Map<?, ?> map
                ? map.get(name)
                : value instanceof Values.Space space
                        ? space.fields().get(name)
                        : value instanceof Loop loop ? loop.field(name) : null;
        return field != null ? field : new Undefined(name);
    }
}
