package io.solera.reward;

import java.io.Serializable;
import java.util.OptionalDouble;

/**
 * A map from a reward's own unit onto [0, 1], higher is better, written as {@code window(1, 3, 2)}; {@link CurveForm}
 * lists the forms.
 */
public record Shaping(Curve curve) implements Serializable {
    public static final Shaping IDENTITY = new Shaping(new Curve.Identity());

    public static Shaping linear(double low, double high) {
        return new Shaping(new Curve.Linear(low, high));
    }

    public static Shaping reverseLinear(double low, double high) {
        return new Shaping(new Curve.ReverseLinear(low, high));
    }

    public static Shaping window(double low, double high, double margin) {
        return new Shaping(new Curve.Window(low, high, margin));
    }

    /** Parses what {@link #text()} writes. */
    public static Shaping parse(String text) {
        return new Shaping(CurveForm.parse(text));
    }

    /** The shaped value of a raw one; NaN if the form has none. */
    public double apply(double x) {
        return curve.apply(x);
    }

    /**
     * The shaped value of a score. Invalid input gets the lowest value, otherwise a policy would forget how to write
     * valid texts; every other missing score stays missing.
     */
    public OptionalDouble apply(Score score) {
        return switch (score.status()) {
            case OK -> present(curve.apply(score.value()));
            case INVALID_INPUT -> OptionalDouble.of(0);
            case NOT_APPLICABLE, TIMED_OUT, FAILED -> OptionalDouble.empty();
        };
    }

    public String text() {
        return curve.text();
    }

    @Override
    public String toString() {
        return text();
    }

    private static OptionalDouble present(double shaped) {
        return Double.isNaN(shaped) ? OptionalDouble.empty() : OptionalDouble.of(shaped);
    }
}
