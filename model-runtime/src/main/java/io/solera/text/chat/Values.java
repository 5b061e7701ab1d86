package io.solera.text.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The values of a template: texts, {@code Long}, {@code Double}, {@code Boolean}, lists, maps from texts,
 * {@link #NONE}, and those below. They behave as in Python, or are refused.
 */
final class Values {
    /** Python's None, JSON's null. */
    static final Object NONE = new Object() {
        @Override
        public String toString() {
            return "none";
        }
    };

    /** The undefined value: writes nothing, is false, and has no parts. */
    record Undefined(String name) {}

    /** A namespace: named values that a template may set. */
    record Space(Map<String, Object> fields) {}

    /** A callable. */
    interface Function {
        Object call(Arguments arguments);
    }

    private Values() {}

    static boolean isTrue(Object value) {
        if (value instanceof Boolean truth) {
            return truth;
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        if (value instanceof String text) {
            return !text.isEmpty();
        }
        if (value instanceof List<?> list) {
            return !list.isEmpty();
        }
        if (value instanceof Map<?, ?> map) {
            return !map.isEmpty();
        }
        return !(value == NONE || value instanceof Undefined);
    }

    /** Like {@code str}. */
    static String text(Object value, Meter meter) {
        if (value instanceof String text) {
            return text;
        }
        return value instanceof Undefined ? "" : Notation.python(value, meter);
    }

    /** For messages. */
    static String kind(Object value) {
        if (value instanceof Undefined undefined) {
            return "%s, which is not defined".formatted(TemplateException.shown(undefined.name()));
        }
        return value instanceof String
                ? "a text"
                : value instanceof Boolean
                        ? "true or false"
                        : value instanceof Long
                                ? "a whole number"
                                : value instanceof Double
                                        ? "a number"
                                        : value instanceof List
                                                ? "a list"
                                                : value instanceof Map
                                                        ? "an object"
                                                        : value == NONE ? "none" : "a function or a namespace";
    }

    /** Compares two numbers, where true is 1. */
    static boolean isNumber(Object value) {
        return value instanceof Number || value instanceof Boolean;
    }

    static Number number(Object value) {
        return value instanceof Boolean truth ? (truth ? 1L : 0L) : (Number) value;
    }

    static boolean equal(Object a, Object b, Meter meter) {
        meter.enter();
        try {
            if (isNumber(a) && isNumber(b)) {
                return compared(number(a), number(b)) == 0;
            }
            if (a instanceof String one && b instanceof String other) {
                return one.equals(other);
            }
            if (a instanceof List<?> one && b instanceof List<?> other) {
                boolean same = one.size() == other.size();
                for (int k = 0; same && k < one.size(); k++) {
                    same = equal(one.get(k), other.get(k), meter);
                }
                return same;
            }
            if (a instanceof Map<?, ?> one && b instanceof Map<?, ?> other) {
                boolean same = one.keySet().equals(other.keySet());
                for (Map.Entry<?, ?> field : one.entrySet()) {
                    Object there = other.get(field.getKey());
                    same = same && there != null && equal(field.getValue(), there, meter);
                }
                return same;
            }
            return a == b || (a instanceof Undefined && b instanceof Undefined);
        } finally {
            meter.leave();
        }
    }

    /** @throws TemplateException if they have no order */
    static int compare(Object a, Object b) {
        if (isNumber(a) && isNumber(b)) {
            return compared(number(a), number(b));
        }
        if (a instanceof String one && b instanceof String other) {
            return one.compareTo(other);
        }
        throw new TemplateException("%s and %s have no order".formatted(kind(a), kind(b)));
    }

    private static int compared(Number a, Number b) {
        return a instanceof Long && b instanceof Long
                ? Long.compare(a.longValue(), b.longValue())
                : Double.compare(a.doubleValue() + 0.0, b.doubleValue() + 0.0);
    }

    /** What a loop iterates over: entries, keys of an object, characters of a text. */
    static List<Object> entries(Object value, Meter meter) {
        List<Object> entries = new ArrayList<>();
        if (value instanceof List<?> list) {
            entries.addAll(list);
        } else if (value instanceof Map<?, ?> map) {
            entries.addAll(map.keySet());
        } else if (value instanceof String text) {
            meter.made(text.length());
            text.codePoints().forEach(c -> entries.add(Character.toString(c)));
        } else if (!(value instanceof Undefined)) {
            throw new TemplateException("%s has no entries".formatted(kind(value)));
        }
        meter.listed(entries.size());
        return entries;
    }

    /** Pairs of key and value. */
    static List<Object> pairs(Map<?, ?> map, Meter meter) {
        meter.listed(2L * map.size());
        List<Object> pairs = new ArrayList<>();
        map.forEach((key, value) -> pairs.add(List.of(key, value)));
        return pairs;
    }
}
