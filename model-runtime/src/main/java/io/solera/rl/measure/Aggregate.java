package io.solera.rl.measure;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * One number for a sample from its shaped rewards x_1 .. x_N, which count the same: for reports, never trained on. Missing where one
 * of them is.
 */
public enum Aggregate {
    /** sum x_i / N. */
    ARITHMETIC_MEAN {
        @Override
        public double[] of(double[][] rows) {
            return each(rows, row -> Arrays.stream(row).sum() / row.length);
        }
    },
    /** (x_1 .. x_N)^(1/N). */
    GEOMETRIC_MEAN {
        @Override
        public double[] of(double[][] rows) {
            return each(rows, GeometricMean::of);
        }
    },
    /** x_1 .. x_N. */
    PRODUCT {
        @Override
        public double[] of(double[][] rows) {
            return each(rows, row -> Arrays.stream(row).reduce(1, (a, b) -> a * b));
        }
    },
    /** The smallest x_i. */
    MINIMUM {
        @Override
        public double[] of(double[][] rows) {
            return each(rows, Aggregate::minimum);
        }
    },
    /** -1/10 log(1/N sum exp(-10 x_i)): between the smallest and the mean, and smooth (as in RVPO, arXiv 2605.05750). */
    SOFT_MINIMUM {
        @Override
        public double[] of(double[][] rows) {
            return each(rows, Aggregate::softMinimum);
        }
    },
    /** Among all samples: {@link ParetoRank}; 1 is best. */
    PARETO_RANK {
        @Override
        public double[] of(double[][] rows) {
            return ParetoRank.of(rows);
        }
    };

    private static final double SHARPNESS = 10;

    /** One number per row of [n, N]. */
    public abstract double[] of(double[][] rows);

    private static double[] each(double[][] rows, ToDoubleFunction<double[]> function) {
        return Arrays.stream(rows).mapToDouble(function).toArray();
    }

    private static double minimum(double[] row) {
        return Arrays.stream(row).min().orElse(Double.NaN);
    }

    private static double softMinimum(double[] row) {
        double least = minimum(row);
        double sum = 0;
        for (double x : row) {
            sum += StrictMath.exp(-SHARPNESS * (x - least));
        }
        return least - StrictMath.log(sum / row.length) / SHARPNESS;
    }
}
