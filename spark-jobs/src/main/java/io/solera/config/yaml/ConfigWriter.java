package io.solera.config.yaml;

import io.solera.lang.EnumText;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A record as YAML: every key, in the order of the components, so that equal records are equal text;
 * {@link ConfigReader} reads it back.
 */
public final class ConfigWriter {
    private static final Predicate<String> PLAIN =
            Pattern.compile("[A-Za-z_/][A-Za-z0-9_./+-]*").asMatchPredicate();
    private static final Set<String> NOT_TEXT = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private final Set<String> without;
    private final StringBuilder out = new StringBuilder();

    private ConfigWriter(Set<String> without) {
        this.without = without;
    }

    public static String write(Record config) {
        return write(config, Set.of());
    }

    /** @param without paths of keys that are left out, such as {@code partitions} */
    public static String write(Record config, Set<String> without) {
        ConfigWriter writer = new ConfigWriter(without);
        writer.block(entries(config), "", "");
        return writer.out.toString();
    }

    private void block(Map<String, @Nullable Object> entries, String path, String indent) {
        entries.forEach((key, value) -> {
            String keyPath = Paths.join(path, key);
            if (without.contains(keyPath)) {
                return;
            }
            out.append(indent).append(text(key)).append(':');
            if (isMapping(value) && !entries(value).isEmpty()) {
                out.append('\n');
                block(entries(value), keyPath, indent + "  ");
            } else {
                out.append(' ').append(flow(value)).append('\n');
            }
        });
    }

    private static String flow(@Nullable Object value) {
        if (value == null) {
            return "null";
        } else if (isMapping(value)) {
            return entries(value).entrySet().stream()
                    .map(entry -> text(entry.getKey()) + ": " + flow(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        } else if (value instanceof List<?> list) {
            return list.stream().map(ConfigWriter::flow).collect(Collectors.joining(", ", "[", "]"));
        } else if (value instanceof Enum<?> choice) {
            return EnumText.of(choice);
        } else if (value instanceof Double number) {
            return number(number);
        } else if (value instanceof String text) {
            return text(text);
        }
        return value.toString();
    }

    private static boolean isMapping(@Nullable Object value) {
        return value instanceof Record || value instanceof Map<?, ?>;
    }

    private static Map<String, @Nullable Object> entries(@Nullable Object value) {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> entries.put(String.valueOf(key), element));
        } else if (value instanceof Record) {
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                Object element = RecordBinder.component(component, value);
                entries.put(
                        KebabCase.of(component.getName()),
                        element instanceof Optional<?> optional ? optional.orElse(null) : element);
            }
        }
        return entries;
    }

    private static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? ".inf" : "-.inf";
        }
        double size = Math.abs(value);
        BigDecimal decimal = new BigDecimal(Double.toString(value));
        if (size >= 1e9 || size < 1e-6) {
            return size == 0 ? Double.toString(value) : decimal.toString();
        }
        String plain = decimal.stripTrailingZeros().toPlainString();
        return plain.contains(".") ? plain : plain + ".0";
    }

    private static String text(String text) {
        if (PLAIN.test(text) && !NOT_TEXT.contains(text)) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < 0x20 || c > 0x7E) {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
