package io.solera.reward;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The form of a shaping; x is the raw value and t = (x - low) / (high - low). Sigmoids, steps, decay and value mapping
 * are REINVENT's (H. Loeffler et al., REINVENT 4, J. Cheminform. 16, 20, 2024; the formulas of its release 4.8), the
 * Gaussian is GuacaMol's.
 */
public sealed interface Curve extends Serializable {
    /** The shaped value of a raw one; NaN if undefined. */
    double apply(double x);

    /** The form as written in jobs; trailing parameters with default values are omitted. */
    String text();

    /** x clipped to [0, 1]. */
    record Identity() implements Curve {
        @Override
        public double apply(double x) {
            return cut(x);
        }

        @Override
        public String text() {
            return CurveForm.text("identity");
        }
    }

    /** t clipped to [0, 1]. */
    record Linear(double low, double high) implements Curve {
        public Linear {
            CurveForm.require(low < high, "low must be below high", "linear", low, high);
        }

        @Override
        public double apply(double x) {
            return cut((x - low) / (high - low));
        }

        @Override
        public String text() {
            return CurveForm.text("linear", low, high);
        }
    }

    /** 1 - t clipped to [0, 1]. */
    record ReverseLinear(double low, double high) implements Curve {
        public ReverseLinear {
            CurveForm.require(low < high, "low must be below high", "reverse-linear", low, high);
        }

        @Override
        public double apply(double x) {
            return cut(1 - (x - low) / (high - low));
        }

        @Override
        public String text() {
            return CurveForm.text("reverse-linear", low, high);
        }
    }

    /** 1 on [low, high], falling linearly to 0 at a distance of margin. */
    record Window(double low, double high, double margin) implements Curve {
        public Window {
            CurveForm.require(low <= high, "low must not be above high", "window", low, high, margin);
            CurveForm.require(margin > 0, "margin must be above 0", "window", low, high, margin);
        }

        @Override
        public double apply(double x) {
            return cut(1 - Math.max(low - x, x - high) / margin);
        }

        @Override
        public String text() {
            return CurveForm.text("window", low, high, margin);
        }
    }

    /** 1 / (1 + 10^(-10 k (t - 1/2))): with k = 1 it is 1e-5 at low, 1/2 half way and 1 - 1e-5 at high. */
    record Sigmoid(double low, double high, double k) implements Curve {
        public Sigmoid {
            CurveForm.require(low < high, "low must be below high", "sigmoid", low, high, k);
            CurveForm.require(k > 0, "k must be above 0", "sigmoid", low, high, k);
        }

        @Override
        public double apply(double x) {
            return 1 / (1 + StrictMath.pow(10, k * (5 - 10 * ((x - low) / (high - low)))));
        }

        @Override
        public String text() {
            return CurveForm.text("sigmoid", low, high, k);
        }
    }

    /** 1 - the sigmoid. */
    record ReverseSigmoid(double low, double high, double k) implements Curve {
        public ReverseSigmoid {
            CurveForm.require(low < high, "low must be below high", "reverse-sigmoid", low, high, k);
            CurveForm.require(k > 0, "k must be above 0", "reverse-sigmoid", low, high, k);
        }

        @Override
        public double apply(double x) {
            return 1 / (1 + StrictMath.pow(10, k * (10 * ((x - low) / (high - low)) - 5)));
        }

        @Override
        public String text() {
            return CurveForm.text("reverse-sigmoid", low, high, k);
        }
    }

    /**
     * Rises around low and falls around high, 1/2 at both: 1 / (1 + 10^(-(si / div) (x - low))) below the middle, and
     * 1 / (1 + 10^((se / div) (x - high))) from there on.
     */
    record DoubleSigmoid(double low, double high, double div, double si, double se) implements Curve {
        public DoubleSigmoid {
            CurveForm.require(low < high, "low must be below high", "double-sigmoid", low, high, div, si, se);
            CurveForm.require(
                    div > 0 && si > 0 && se > 0,
                    "coefficients must be above 0",
                    "double-sigmoid",
                    low,
                    high,
                    div,
                    si,
                    se);
        }

        @Override
        public double apply(double x) {
            double middle = (high - low) / 2 + low;
            return x < middle
                    ? 1 / (1 + StrictMath.pow(10, -(si / div) * (x - low)))
                    : 1 / (1 + StrictMath.pow(10, se / div * (x - high)));
        }

        @Override
        public String text() {
            return CurveForm.text("double-sigmoid", low, high, div, si, se);
        }
    }

    /** 1 up to low, then 0. */
    record LeftStep(double low) implements Curve {
        public LeftStep {
            CurveForm.require(true, "", "left-step", low);
        }

        @Override
        public double apply(double x) {
            return x <= low ? 1 : 0;
        }

        @Override
        public String text() {
            return CurveForm.text("left-step", low);
        }
    }

    /** 0 below high, then 1. */
    record RightStep(double high) implements Curve {
        public RightStep {
            CurveForm.require(true, "", "right-step", high);
        }

        @Override
        public double apply(double x) {
            return x >= high ? 1 : 0;
        }

        @Override
        public String text() {
            return CurveForm.text("right-step", high);
        }
    }

    /** 1 on [low, high], else 0. */
    record Step(double low, double high) implements Curve {
        public Step {
            CurveForm.require(low <= high, "low must not be above high", "step", low, high);
        }

        @Override
        public double apply(double x) {
            return low <= x && x <= high ? 1 : 0;
        }

        @Override
        public String text() {
            return CurveForm.text("step", low, high);
        }
    }

    /** exp(-((x - mean) / deviation)^2 / 2). */
    record Gaussian(double mean, double deviation) implements Curve {
        public Gaussian {
            CurveForm.require(deviation > 0, "deviation must be above 0", "gaussian", mean, deviation);
        }

        @Override
        public double apply(double x) {
            double z = (x - mean) / deviation;
            return StrictMath.exp(-z * z / 2);
        }

        @Override
        public String text() {
            return CurveForm.text("gaussian", mean, deviation);
        }
    }

    /** exp(-k x), and 1 below 0. */
    record ExponentialDecay(double k) implements Curve {
        public ExponentialDecay {
            CurveForm.require(k > 0, "k must be above 0", "exponential-decay", k);
        }

        @Override
        public double apply(double x) {
            return x < 0 ? 1 : StrictMath.exp(-k * x);
        }

        @Override
        public String text() {
            return CurveForm.text("exponential-decay", k);
        }
    }

    /** The value in the map; a raw value that is not in the map is missing. */
    record ValueMapping(Map<Double, Double> values) implements Curve {
        public ValueMapping {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        @Override
        public double apply(double x) {
            return values.getOrDefault(x + 0.0, Double.NaN); // + 0.0: -0 is 0
        }

        @Override
        public String text() {
            return values.entrySet().stream()
                    .map(entry -> CurveForm.number(entry.getKey()) + "=" + CurveForm.number(entry.getValue()))
                    .collect(Collectors.joining(", ", CurveForm.MAPPING + "(", ")"));
        }
    }

    private static double cut(double t) {
        return Math.max(0, Math.min(1, t));
    }
}
