package io.solera.text.chat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Formats values as text: as JSON like {@code json.dumps}, or like Python's {@code str}. */
final class Notation {
    private final boolean json;
    private final boolean ascii;
    private final boolean sorted;
    private final @Nullable String indent;
    private final String comma;
    private final String colon;
    private final Meter meter;
    private final StringBuilder out = new StringBuilder();

    private Notation(
            boolean json,
            boolean ascii,
            boolean sorted,
            @Nullable String indent,
            String comma,
            String colon,
            Meter meter) {
        this.json = json;
        this.ascii = ascii;
        this.sorted = sorted;
        this.indent = indent;
        this.comma = comma;
        this.colon = colon;
        this.meter = meter;
    }

    static String python(Object value, Meter meter) {
        return new Notation(false, false, false, null, ", ", ": ", meter).written(value);
    }

    /** The filter {@code tojson} of transformers, which does not escape HTML. */
    static String json(Object value, Arguments given, Meter meter) {
        given.accept("ensure_ascii", "indent", "separators", "sort_keys");
        Object indent = given.value(1, "indent", Values.NONE);
        String blanks = indent instanceof Long width ? " ".repeat((int) Math.max(0, Math.min(width, 100))) : null;
        if (indent instanceof String text) {
            blanks = text;
        }
        String comma = blanks == null ? ", " : ",";
        String colon = ": ";
        if (given.value(2, "separators", Values.NONE) instanceof List<?> two
                && two.size() == 2
                && two.get(0) instanceof String first
                && two.get(1) instanceof String second) {
            comma = first;
            colon = second;
        }
        boolean ascii = Values.isTrue(given.value(0, "ensure_ascii", false));
        boolean sorted = Values.isTrue(given.value(3, "sort_keys", false));
        return new Notation(true, ascii, sorted, blanks, comma, colon, meter).written(value);
    }

    private String written(Object value) {
        write(value, 0);
        return out.toString();
    }

    private void write(Object value, int level) {
        meter.enter();
        int before = out.length();
        if (value instanceof String text) {
            if (json) {
                quote(text, '"');
            } else {
                quote(text, text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'');
            }
        } else if (value instanceof Boolean truth) {
            out.append(json ? (truth ? "true" : "false") : (truth ? "True" : "False"));
        } else if (value == Values.NONE) {
            out.append(json ? "null" : "None");
        } else if (value instanceof Double number) {
            out.append(real(number));
        } else if (value instanceof Long) {
            out.append(value);
        } else if (value instanceof List<?> list) {
            all('[', list, ']', level);
        } else if (value instanceof Map<?, ?> map) {
            List<Map.Entry<?, ?>> fields = new ArrayList<>(map.entrySet());
            if (sorted) {
                fields.sort(Comparator.comparing(field -> String.valueOf(field.getKey())));
            }
            all('{', fields, '}', level);
        } else {
            throw new TemplateException("%s cannot be written as text".formatted(Values.kind(value)));
        }
        meter.made(out.length() - before);
        meter.leave();
    }

    private void all(char open, List<?> entries, char close, int level) {
        out.append(open);
        for (int k = 0; k < entries.size(); k++) {
            out.append(k > 0 ? comma : "");
            line(level + 1);
            if (entries.get(k) instanceof Map.Entry<?, ?> field) {
                write(field.getKey(), level + 1);
                out.append(colon);
                write(field.getValue(), level + 1);
            } else {
                write(entries.get(k), level + 1);
            }
        }
        if (!entries.isEmpty()) {
            line(level);
        }
        out.append(close);
    }

    private void line(int level) {
        if (indent != null) {
            meter.made((long) indent.length() * level);
            out.append('\n').append(indent.repeat(level));
        }
    }

    private void quote(String text, char quote) {
        meter.made(text.length());
        out.append(quote);
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append(json ? "\\b" : "\\x08");
                case '\f' -> out.append(json ? "\\f" : "\\x0c");
                default -> {
                    if (c == quote) {
                        out.append('\\').append(c);
                    } else if (c < ' ' || (c == 0x7f && (ascii || !json)) || (ascii && c > 0x7f)) {
                        out.append((json ? "\\u%04x" : "\\x%02x").formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append(quote);
    }

    /** Like Python's {@code repr}. */
    private static String real(double value) {
        if (!Double.isFinite(value)) {
            throw new TemplateException("%s cannot be written as text".formatted(value));
        }
        double size = Math.abs(value);
        String shortest = Double.toString(value);
        if (size == 0 || (size >= 1e-4 && size < 1e16)) {
            String plain = new BigDecimal(shortest).toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        int at = shortest.indexOf('E');
        int exponent = Integer.parseInt(shortest.substring(at + 1));
        String digits = shortest.substring(0, at);
        return "%se%s%02d"
                .formatted(
                        digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits,
                        exponent < 0 ? "-" : "+",
                        Math.abs(exponent));
    }
}
