package io.solera.config.yaml;

import io.solera.lang.EnumText;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Scalars by the type that the record asks for. A number is decimal, in any notation; {@code .inf} is a number, NaN is
 * none.
 */
final class Scalars {
    private static final Predicate<String> NUMBER =
            Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,4})?").asMatchPredicate();

    private Scalars() {}

    static boolean knows(Class<?> type) {
        return type.isEnum()
                || type == String.class
                || type == int.class
                || type == Integer.class
                || type == long.class
                || type == Long.class
                || type == double.class
                || type == Double.class
                || type == boolean.class
                || type == Boolean.class;
    }

    static Object read(ConfigNode node, Class<?> type, String path) {
        if (!(node instanceof ConfigNode.Scalar scalar) || scalar.isNull()) {
            throw ConfigException.invalid(path, node, rule(type));
        }
        return parse(scalar, type).orElseThrow(() -> {
            boolean large = (type == int.class || type == Integer.class)
                    && parse(scalar, long.class).isPresent();
            String rule = large ? "must be a whole number of at most " + Integer.MAX_VALUE : rule(type);
            return ConfigException.invalid(path, node, rule);
        });
    }

    /** The value of a scalar of no declared type. */
    static Object natural(ConfigNode.Scalar scalar, String path) {
        if (scalar.isNull()) {
            throw ConfigException.invalid(path, scalar, "must be a value");
        }
        return parse(scalar, long.class)
                .or(() -> parse(scalar, double.class))
                .or(() -> parse(scalar, boolean.class))
                .orElse(scalar.text());
    }

    private static Optional<Object> parse(ConfigNode.Scalar scalar, Class<?> type) {
        String text = scalar.text();
        if (type == String.class) {
            return Optional.of(text);
        } else if (type.isEnum()) {
            return choices(type)
                    .filter(choice -> EnumText.of(choice).equals(text))
                    .map(Object.class::cast)
                    .findFirst();
        } else if (scalar.quoted()) {
            return Optional.empty();
        } else if (type == int.class || type == Integer.class) {
            return whole(text).filter(value -> value.intValue() == value).map(Long::intValue);
        } else if (type == long.class || type == Long.class) {
            return whole(text).map(Object.class::cast);
        } else if (type == double.class || type == Double.class) {
            return number(text);
        }
        return text.equals("true") || text.equals("false") ? Optional.of(text.equals("true")) : Optional.empty();
    }

    private static Optional<Long> whole(String text) {
        try {
            return NUMBER.test(text) ? Optional.of(new BigDecimal(text).longValueExact()) : Optional.empty();
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Optional<Object> number(String text) {
        return switch (text) {
            case ".inf", "+.inf" -> Optional.of(Double.POSITIVE_INFINITY);
            case "-.inf" -> Optional.of(Double.NEGATIVE_INFINITY);
            default -> NUMBER.test(text) ? Optional.of(Double.parseDouble(text)) : Optional.empty();
        };
    }

    private static String rule(Class<?> type) {
        if (type == String.class) {
            return "must be text";
        } else if (type.isEnum()) {
            return "must be " + choices(type).map(EnumText::of).collect(Collectors.joining(", ", "one of ", ""));
        } else if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "must be a whole number";
        } else if (type == double.class || type == Double.class) {
            return "must be a number";
        }
        return "must be true or false";
    }

    private static Stream<Enum<?>> choices(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(choice -> (Enum<?>) choice);
    }
}
