package io.solera.reward;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A map from a reward's own unit onto [0, 1], higher is better, written as {@code window(1, 3, 2)}.
 *
 * @param low where the kind starts; 0 where it takes no parameters
 * @param high where it ends
 * @param margin for {@code window}, how far outside it falls from 1 to 0; otherwise 0
 */
public record Shaping(Kind kind, double low, double high, double margin) implements Serializable {
    private static final Pattern FORM = Pattern.compile("\\s*([a-z-]+)\\s*(?:\\(([^()]*)\\))?\\s*");

    /** The forms of the map, x the raw value, t = (x - low) / (high - low). */
    public enum Kind {
        /** x cut to [0, 1]. */
        IDENTITY(0),
        /** t cut to [0, 1]. */
        LINEAR(2),
        /** 1 - t cut to [0, 1]. */
        REVERSE_LINEAR(2),
        /** 1 on [low, high], falling in a line to 0 at a distance of margin. */
        WINDOW(3),
        /** 1 / (1 + 10^(5 - 10 t)): 1e-5 at low, 1/2 half way, 1 - 1e-5 at high (the shape that REINVENT made usual). */
        SIGMOID(2),
        /** 1 / (1 + 10^(10 t - 5)). */
        REVERSE_SIGMOID(2);

        private final int parameters;

        Kind(int parameters) {
            this.parameters = parameters;
        }

        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public static final Shaping IDENTITY = new Shaping(Kind.IDENTITY, 0, 0, 0);

    public Shaping {
        if (!Double.isFinite(low) || !Double.isFinite(high) || !Double.isFinite(margin)) {
            throw new IllegalArgumentException(
                    "Invalid shaping: %s (parameters must be finite)".formatted(text(kind, low, high, margin)));
        }
        if (kind == Kind.WINDOW ? low > high : kind != Kind.IDENTITY && low >= high) {
            throw new IllegalArgumentException(
                    "Invalid shaping: %s (low must be below high)".formatted(text(kind, low, high, margin)));
        }
        if (kind == Kind.WINDOW && margin <= 0) {
            throw new IllegalArgumentException(
                    "Invalid shaping: %s (margin must be above 0)".formatted(text(kind, low, high, margin)));
        }
    }

    public static Shaping linear(double low, double high) {
        return new Shaping(Kind.LINEAR, low, high, 0);
    }

    public static Shaping reverseLinear(double low, double high) {
        return new Shaping(Kind.REVERSE_LINEAR, low, high, 0);
    }

    public static Shaping window(double low, double high, double margin) {
        return new Shaping(Kind.WINDOW, low, high, margin);
    }

    /** Reads what {@link #text()} writes. */
    public static Shaping parse(String text) {
        Matcher form = FORM.matcher(text);
        if (form.matches()) {
            for (Kind kind : Kind.values()) {
                if (kind.text().equals(form.group(1))) {
                    double[] p = parameters(text, kind, form.group(2) == null ? "" : form.group(2));
                    return new Shaping(kind, p[0], p[1], p[2]);
                }
            }
        }
        throw new IllegalArgumentException(
                ("Invalid shaping: %s (must be identity, linear(low, high), reverse-linear(low, high), "
                                + "window(low, high, margin), sigmoid(low, high) or reverse-sigmoid(low, high))")
                        .formatted(text));
    }

    private static double[] parameters(String text, Kind kind, String list) {
        String[] words = list.isBlank() ? new String[0] : list.split(",", -1);
        if (words.length != kind.parameters) {
            throw new IllegalArgumentException(
                    "Invalid shaping: %s (%s takes %d parameters)".formatted(text, kind.text(), kind.parameters));
        }
        double[] values = new double[3];
        for (int i = 0; i < words.length; i++) {
            try {
                values[i] = Double.parseDouble(words[i].strip());
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "Invalid shaping: %s (%s is not a number)".formatted(text, words[i].strip()), e);
            }
        }
        return values;
    }

    /** The shaped value of a raw one. */
    public double apply(double x) {
        double t = (x - low) / (high - low);
        return switch (kind) {
            case IDENTITY -> cut(x);
            case LINEAR -> cut(t);
            case REVERSE_LINEAR -> cut(1 - t);
            case WINDOW -> cut(1 - Math.max(low - x, x - high) / margin);
            case SIGMOID -> 1 / (1 + StrictMath.pow(10, 5 - 10 * t));
            case REVERSE_SIGMOID -> 1 / (1 + StrictMath.pow(10, 10 * t - 5));
        };
    }

    /**
     * The shaped value of a score. A text that is no valid input counts as the lowest value, else a policy forgets how to write
     * valid ones; every other missing score stays missing.
     */
    public OptionalDouble apply(Score score) {
        return switch (score.status()) {
            case OK -> OptionalDouble.of(apply(score.value()));
            case INVALID_INPUT -> OptionalDouble.of(0);
            case NOT_APPLICABLE, TIMED_OUT, FAILED -> OptionalDouble.empty();
        };
    }

    public String text() {
        return text(kind, low, high, margin);
    }

    @Override
    public String toString() {
        return text();
    }

    private static String text(Kind kind, double low, double high, double margin) {
        List<String> words = new ArrayList<>();
        for (double value : new double[] {low, high, margin}) {
            words.add(
                    value == Math.rint(value) && Math.abs(value) < 1e15
                            ? Long.toString((long) value)
                            : Double.toString(value));
        }
        return kind.parameters == 0
                ? kind.text()
                : kind.text() + "(" + String.join(", ", words.subList(0, kind.parameters)) + ")";
    }

    private static double cut(double t) {
        return Math.max(0, Math.min(1, t));
    }
}
