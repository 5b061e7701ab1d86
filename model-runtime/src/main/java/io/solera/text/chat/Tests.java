package io.solera.text.chat;

import io.solera.text.chat.Values.Undefined;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The tests: what follows {@code is}. */
final class Tests {
    static final List<String> NAMES = List.of(
            "boolean",
            "callable",
            "defined",
            "divisibleby",
            "eq",
            "equalto",
            "even",
            "false",
            "float",
            "ge",
            "gt",
            "in",
            "integer",
            "iterable",
            "le",
            "lower",
            "lt",
            "mapping",
            "ne",
            "none",
            "number",
            "odd",
            "sequence",
            "string",
            "true",
            "undefined",
            "upper");

    private Tests() {}

    static boolean holds(String name, Object value, Arguments given, Meter meter) {
        switch (name) {
            case "eq", "equalto", "ne", "lt", "le", "gt", "ge", "in", "divisibleby" -> {
                given.accept("other");
                Object other = given.required(0, "other");
                return switch (name) {
                    case "eq", "equalto" -> Values.equal(value, other, meter);
                    case "ne" -> !Values.equal(value, other, meter);
                    case "lt" -> Values.compare(value, other) < 0;
                    case "le" -> Values.compare(value, other) <= 0;
                    case "gt" -> Values.compare(value, other) > 0;
                    case "ge" -> Values.compare(value, other) >= 0;
                    case "in" -> Arithmetic.contains(other, value, meter);
                    default -> Arithmetic.of("%", value, other, meter).equals(0L);
                };
            }
            default -> given.accept();
        }
        return switch (name) {
            case "defined" -> !(value instanceof Undefined);
            case "undefined" -> value instanceof Undefined;
            case "none" -> value == Values.NONE;
            case "string" -> value instanceof String;
            case "mapping" -> value instanceof Map;
            case "number" -> Values.isNumber(value);
            case "integer" -> value instanceof Long;
            case "float" -> value instanceof Double;
            case "boolean" -> value instanceof Boolean;
            case "true" -> value.equals(true);
            case "false" -> value.equals(false);
            case "callable" -> value instanceof Values.Function;
            case "sequence", "iterable" ->
                value instanceof String || value instanceof List || value instanceof Map || value instanceof Undefined;
            case "odd" -> Arithmetic.of("%", value, 2L, meter).equals(1L);
            case "even" -> Arithmetic.of("%", value, 2L, meter).equals(0L);
            case "upper" -> isCased(Values.text(value, meter), true);
            case "lower" -> isCased(Values.text(value, meter), false);
            default -> throw new IllegalStateException("Cannot test: %s is not among NAMES".formatted(name));
        };
    }

    private static boolean isCased(String text, boolean upper) {
        String cased = upper ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT);
        String other = upper ? text.toLowerCase(Locale.ROOT) : text.toUpperCase(Locale.ROOT);
        return text.equals(cased) && !text.equals(other);
    }
}
