package io.solera.jobs.console;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is between this program and a terminal: the two standard streams while a command runs. Names, texts and
 * reasons come from jobs, models, tables, programs and services; what in them would move the cursor, recolour or
 * reorder what is shown, or begin a line of its own is written as {@code \\u001b} or {@code \\n}. Only {@code println}
 * and the format of a {@code printf} end a line.
 */
public final class Console extends PrintStream {
    /** Whether the last word was said. */
    private static volatile boolean silent;

    private final PrintStream raw;

    private Console(PrintStream raw) {
        super(raw, true, StandardCharsets.UTF_8);
        this.raw = raw;
    }

    /** The standard streams as they were, put back by {@link #close}. */
    public record Streams(PrintStream out, PrintStream err) implements AutoCloseable {
        @Override
        public void close() {
            System.out.flush();
            System.err.flush();
            System.setOut(out);
            System.setErr(err);
        }
    }

    public static Streams guard() {
        Streams raw = new Streams(System.out, System.err);
        System.setOut(new Console(raw.out()));
        System.setErr(new Console(raw.err()));
        return raw;
    }

    /** Says the last word, in a line on the error stream: what Spark complains of when it is stopped is no news. */
    static void end(String text) {
        System.err.println(text);
        System.err.flush();
        silent = true;
    }

    private void emit(String text) {
        if (!silent) {
            raw.print(text);
        }
    }

    /** A text as one line with nothing in it that a terminal would obey. */
    static String line(String text) {
        return shown(text, false);
    }

    private static String shown(String text, boolean lines) {
        if (text.codePoints().noneMatch(c -> isControl(c, lines))) {
            return text;
        }
        return text.codePoints()
                .mapToObj(c -> isControl(c, lines) ? escaped(c) : Character.toString(c))
                .collect(Collectors.joining());
    }

    /** Control characters, line separators, and what changes the direction of writing. */
    private static boolean isControl(int c, boolean lines) {
        return (Character.isISOControl(c) && c != '\t' && !(lines && c == '\n'))
                || c == 0x061c
                || c == 0x200e
                || c == 0x200f
                || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069);
    }

    private static String escaped(int c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            default -> "\\u%04x".formatted(c);
        };
    }

    private static String text(@Nullable Object value) {
        return String.valueOf(value);
    }

    @Override
    public void print(@Nullable String text) {
        emit(line(text(text)));
    }

    @Override
    public void print(@Nullable Object value) {
        print(text(value));
    }

    @Override
    public void print(char[] text) {
        print(new String(text));
    }

    @Override
    public void println(char[] text) {
        println(new String(text));
    }

    @Override
    public void println(@Nullable String text) {
        emit(line(text(text)) + System.lineSeparator());
    }

    @Override
    public void println(@Nullable Object value) {
        println(text(value));
    }

    @Override
    public PrintStream format(String format, @Nullable Object... values) {
        return format(Locale.getDefault(Locale.Category.FORMAT), format, values);
    }

    @Override
    public PrintStream format(@Nullable Locale locale, String format, @Nullable Object... values) {
        Object[] safe = Arrays.stream(values)
                .map(value -> value == null || value instanceof Number || value instanceof Boolean
                        ? value
                        : line(text(value)))
                .toArray();
        emit(String.format(locale, format, safe));
        return this;
    }

    /** What comes as bytes, from a logger say, comes in whole lines. */
    @Override
    public void write(byte[] bytes, int from, int size) {
        boolean plain = true;
        for (int k = from; k < from + size && plain; k++) {
            plain = (bytes[k] >= ' ' && bytes[k] != 0x7f) || bytes[k] == '\n' || bytes[k] == '\t';
        }
        if (plain) {
            if (!silent) {
                raw.write(bytes, from, size);
            }
        } else {
            emit(shown(new String(bytes, from, size, StandardCharsets.UTF_8), true));
        }
    }
}
