package io.solera.text.chat;

import io.solera.text.chat.Values.Undefined;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The filters: what follows {@code |}. */
final class Filters {
    static final List<String> NAMES = List.of(
            "abs",
            "capitalize",
            "count",
            "d",
            "default",
            "dictsort",
            "first",
            "float",
            "indent",
            "int",
            "items",
            "join",
            "last",
            "length",
            "list",
            "lower",
            "map",
            "reject",
            "rejectattr",
            "replace",
            "reverse",
            "safe",
            "select",
            "selectattr",
            "string",
            "title",
            "tojson",
            "trim",
            "upper");

    private Filters() {}

    static Object filtered(String name, Object value, Arguments given, Meter meter) {
        meter.step();
        switch (name) {
            case "default", "d" -> {
                given.accept("default_value", "boolean");
                boolean falseToo = Values.isTrue(given.value(1, "boolean", false));
                boolean missing = value instanceof Undefined || (falseToo && !Values.isTrue(value));
                return missing ? given.value(0, "default_value", "") : value;
            }
            case "tojson" -> {
                return Notation.json(value, given, meter);
            }
            case "length", "count" -> {
                given.accept();
                return length(value);
            }
            case "first", "last", "list", "reverse", "items" -> {
                given.accept();
                return entries(name, value, meter);
            }
            case "dictsort" -> {
                return sorted(value, given, meter);
            }
            case "map", "select", "reject", "selectattr", "rejectattr" -> {
                return chosen(name, value, given, meter);
            }
            case "join" -> {
                given.accept("d", "attribute");
                List<Object> parts = Values.entries(value, meter);
                Object attribute = given.value(1, "attribute", Values.NONE);
                if (attribute instanceof String path) {
                    parts.replaceAll(part -> at(part, path, meter));
                }
                return Methods.joined(Values.text(given.value(0, "d", ""), meter), parts, meter);
            }
            case "int", "float", "abs" -> {
                return number(name, value, given);
            }
            default -> {
                String text = Values.text(value, meter);
                meter.made(text.length());
                return text(name, text, given, meter);
            }
        }
    }

    private static Object text(String name, String text, Arguments given, Meter meter) {
        switch (name) {
            case "trim" -> {
                given.accept("chars");
                Object chars = given.value(0, "chars", Values.NONE);
                String taken = chars == Values.NONE ? null : given.text(0, "chars");
                meter.searched(text, taken == null ? "" : taken);
                return Texts.stripped(text, taken, true, true);
            }
            case "replace" -> {
                given.accept("old", "new", "count");
                Object count = given.value(2, "count", Values.NONE);
                int max = count == Values.NONE ? -1 : given.whole(2, "count", -1);
                return Methods.replaced(text, given.text(0, "old"), given.text(1, "new"), max, meter);
            }
            case "indent" -> {
                given.accept("width", "first", "blank");
                return indented(text, given, meter);
            }
            default -> given.accept();
        }
        return switch (name) {
            case "upper" -> text.toUpperCase(Locale.ROOT);
            case "lower" -> text.toLowerCase(Locale.ROOT);
            case "title" -> Texts.titled(text, false);
            case "capitalize" -> Texts.capitalized(text);
            case "string", "safe" -> text;
            default -> throw new IllegalStateException("Cannot filter: %s is not among NAMES".formatted(name));
        };
    }

    private static String indented(String text, Arguments given, Meter meter) {
        Object width = given.value(0, "width", 4L);
        String blanks =
                width instanceof String own ? own : " ".repeat(Math.max(0, Math.min(1000, given.whole(0, "width", 4))));
        boolean blank = Values.isTrue(given.value(2, "blank", false));
        StringBuilder indented = new StringBuilder(Values.isTrue(given.value(1, "first", false)) ? blanks : "");
        // Jinja adds a line break, so that a final end of line counts as one, and removes it by splitting
        List<Object> lines = Methods.split(text, "\n", -1, true, meter);
        for (int k = 0; k < lines.size(); k++) {
            String line = (String) lines.get(k);
            String before = k > 0 && (blank || !line.isEmpty()) ? blanks : "";
            meter.made((long) before.length() + line.length());
            indented.append(k > 0 ? "\n" : "").append(before).append(line);
        }
        return indented.toString();
    }

    private static long length(Object value) {
        if (value instanceof String text) {
            return text.codePointCount(0, text.length());
        }
        if (value instanceof List<?> list) {
            return list.size();
        }
        if (value instanceof Map<?, ?> map) {
            return map.size();
        }
        if (value instanceof Undefined) {
            return 0;
        }
        throw new TemplateException("%s has no length".formatted(Values.kind(value)));
    }

    private static Object entries(String name, Object value, Meter meter) {
        if (name.equals("items")) {
            if (value instanceof Undefined) {
                return new ArrayList<>();
            }
            if (value instanceof Map<?, ?> map) {
                return Values.pairs(map, meter);
            }
            throw new TemplateException("%s has no items".formatted(Values.kind(value)));
        }
        if (name.equals("reverse") && value instanceof String text) {
            meter.made(text.length());
            return new StringBuilder(text).reverse().toString();
        }
        List<Object> entries = Values.entries(value, meter);
        switch (name) {
            case "list" -> {
                return entries;
            }
            case "reverse" -> {
                Collections.reverse(entries);
                return entries;
            }
            default -> {
                return entries.isEmpty()
                        ? new Undefined(name)
                        : entries.get(name.equals("first") ? 0 : entries.size() - 1);
            }
        }
    }

    /** Pairs of an object sorted by key, ignoring case. */
    private static List<Object> sorted(Object value, Arguments given, Meter meter) {
        given.accept();
        if (!(value instanceof Map<?, ?> map)) {
            throw new TemplateException("%s has no keys".formatted(Values.kind(value)));
        }
        List<Map.Entry<?, ?>> fields = new ArrayList<>(map.entrySet());
        fields.sort(Comparator.comparing(field -> String.valueOf(field.getKey()).toLowerCase(Locale.ROOT)));
        meter.listed(2L * fields.size());
        List<Object> pairs = new ArrayList<>();
        fields.forEach(field -> pairs.add(List.of(field.getKey(), field.getValue())));
        return pairs;
    }

    private static List<Object> chosen(String name, Object value, Arguments given, Meter meter) {
        List<Object> chosen = new ArrayList<>();
        for (Object entry : Values.entries(value, meter)) {
            if (name.equals("map")) {
                chosen.add(mapped(entry, given, meter));
                continue;
            }
            boolean ofAttribute = name.endsWith("attr");
            Object judged = ofAttribute ? at(entry, given.text(0, "attribute"), meter) : entry;
            Arguments rest = ofAttribute ? given.rest(name) : given;
            boolean holds = Values.isTrue(judged);
            if (!rest.positional().isEmpty()) {
                String test = rest.text(0, "test");
                if (!Tests.NAMES.contains(test)) {
                    // Jinja accepts the operators themselves, too
                    holds = compared(test, judged, rest, meter);
                } else {
                    holds = Tests.holds(test, judged, rest.rest("test " + test), meter);
                }
            }
            if (holds == name.startsWith("select")) {
                chosen.add(entry);
            }
        }
        return chosen;
    }

    private static boolean compared(String operator, Object value, Arguments given, Meter meter) {
        if (!List.of("==", "!=", "<", "<=", ">", ">=").contains(operator)) {
            throw new TemplateException("test %s is not known (known are %s)"
                    .formatted(TemplateException.shown(operator), String.join(", ", Tests.NAMES)));
        }
        return Arithmetic.compared(operator, value, given.required(1, "other"), meter);
    }

    private static Object mapped(Object entry, Arguments given, Meter meter) {
        if (given.names().get("attribute") instanceof String path) {
            given.accept("attribute", "default");
            Object found = at(entry, path, meter);
            return found instanceof Undefined ? given.value(1, "default", found) : found;
        }
        String filter = given.text(0, "filter");
        if (!NAMES.contains(filter) || filter.equals("map")) {
            throw new TemplateException("filter %s is not known to map (known are %s)"
                    .formatted(TemplateException.shown(filter), String.join(", ", NAMES)));
        }
        return filtered(filter, entry, given.rest("filter " + filter), meter);
    }

    /** A nested attribute of a value: names separated by dots. */
    private static Object at(Object value, String path, Meter meter) {
        Object found = value;
        for (String name : path.split("\\.", 8)) {
            found = Methods.attribute(found, name, meter);
        }
        return found;
    }

    private static Object number(String name, Object value, Arguments given) {
        if (name.equals("abs")) {
            given.accept();
            if (value instanceof Long whole && whole != Long.MIN_VALUE) {
                return Math.abs(whole);
            }
            if (value instanceof Double real) {
                return Math.abs(real);
            }
            throw new TemplateException("%s has no absolute value".formatted(Values.kind(value)));
        }
        given.accept("default");
        try {
            double number = Values.isNumber(value)
                    ? Values.number(value).doubleValue()
                    : Double.parseDouble(value instanceof String text ? text.strip() : "no number");
            if (name.equals("float")) {
                return number;
            }
            return value instanceof Long ? value : (Object) (long) number;
        } catch (NumberFormatException e) {
            return given.value(0, "default", name.equals("int") ? (Object) 0L : (Object) 0.0);
        }
    }
}
