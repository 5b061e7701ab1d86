package io.solera.text.chat;

import io.solera.text.chat.Values.Space;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A chat template: how a model expects a conversation to be written. It is Jinja as configured by transformers
 * ({@code trim_blocks}, {@code lstrip_blocks}, {@code tojson} without HTML, {@code raise_exception},
 * {@code generation}, {@code break}), limited to what chat templates use; everything else is refused by name.
 *
 * <p>It is our own, as no Java library gives the same output as transformers: Jinjava 2.8.3 supports neither
 * {@code [::-1]} nor {@code lstrip} nor {@code generation}, writes JSON differently, treats undefined values as empty,
 * calls Java methods by name, and adds 28 jars, including a Guava and a Jackson that differ from Spark's. Also, a
 * template is a foreign program: here it cannot reach a file, a class or the clock, and every step, character and level
 * is counted ({@link Meter}).
 */
public final class ChatTemplate {
    /** Characters of a template; the longest known ones have some 30,000. */
    public static final int MAX_SOURCE = 1 << 18;

    static final String DATE = "strftime_now";
    /** Entries of a range, as in Jinja's sandbox. */
    private static final int MAX_RANGE = 100_000;

    private final List<Statement> statements;

    /** @throws TemplateException naming the line and what is not supported there */
    public ChatTemplate(String source) {
        if (source.length() > MAX_SOURCE) {
            throw new TemplateException(
                    "it has %d characters (must be at most %d)".formatted(source.length(), MAX_SOURCE));
        }
        this.statements = TemplateParser.statements(source);
    }

    /**
     * Renders the template with named values: texts, {@code Long}, {@code Double}, {@code Boolean}, lists, maps, and
     * {@link #none}.
     *
     * @param date for {@code strftime_now}; null: the function does not exist. Never today's date, with which the same
     *     job would give other bytes on another day
     * @param longest maximum characters of the text
     * @throws TemplateException naming the line, with the template's own message if it raises an exception
     */
    public String text(Map<String, Object> values, @Nullable LocalDate date, int longest) {
        Meter meter = new Meter();
        Scope scope = new Scope(null);
        scope.set("range", (Values.Function) given -> range(given, meter));
        scope.set("namespace", (Values.Function) ChatTemplate::namespace);
        scope.set("dict", (Values.Function)
                given -> new LinkedHashMap<>(namespace(given).fields()));
        scope.set("raise_exception", (Values.Function) given -> {
            throw new TemplateException("the template refuses it: "
                    + Values.text(given.required(0, "message"), meter).replaceAll("\\p{Cntrl}", " "));
        });
        if (date != null) {
            scope.set(DATE, (Values.Function) given -> Dates.written(date, given.text(0, "format")));
        }
        Scope inside = new Scope(scope);
        values.forEach(inside::set);
        try {
            return new Renderer(meter, longest).text(statements, inside);
        } catch (TemplateException e) {
            throw TemplateException.at(meter.line, String.valueOf(e.getMessage()));
        }
    }

    /** JSON's null, as a template value. */
    public static Object none() {
        return Values.NONE;
    }

    private static Space namespace(Arguments given) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Object place : given.positional()) {
            if (!(place instanceof Map<?, ?> map)) {
                throw new TemplateException(
                        "%s is given to %s (must be an object)".formatted(Values.kind(place), given.to()));
            }
            map.forEach((key, value) -> fields.put(String.valueOf(key), value));
        }
        fields.putAll(given.names());
        return new Space(fields);
    }

    private static List<Object> range(Arguments given, Meter meter) {
        given.accept("start", "stop", "step");
        boolean one = given.positional().size() == 1;
        long start = one ? 0 : given.whole(0, "start", 0);
        long stop = given.whole(one ? 0 : 1, "stop", 0);
        long step = given.whole(2, "step", 1);
        if (step == 0) {
            throw new TemplateException("a range has a step of 0");
        }
        long size = Math.max(0, step > 0 ? (stop - start + step - 1) / step : (start - stop - step - 1) / -step);
        if (size > MAX_RANGE) {
            throw new TemplateException("a range has %d entries (must be at most %d)".formatted(size, MAX_RANGE));
        }
        meter.listed(size);
        List<Object> entries = new ArrayList<>();
        for (long k = 0; k < size; k++) {
            entries.add(start + k * step);
        }
        return entries;
    }
}
