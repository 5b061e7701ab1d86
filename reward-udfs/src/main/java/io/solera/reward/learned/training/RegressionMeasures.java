package io.solera.reward.learned.training;

import java.util.Arrays;
import java.util.Comparator;

/**
 * How near predicted values are to labels.
 *
 * @param rmse root of the mean squared error, in the labels' unit
 * @param mae mean absolute error, in the same
 * @param r2 1 - squared error / squared deviation of the labels from their mean; NaN when they are all the same
 * @param spearman correlation of the ranks, equal values sharing the mean of theirs (C. Spearman, Am. J. Psychol. 15, 72, 1904); NaN
 *     when either are all the same
 */
public record RegressionMeasures(int rows, double rmse, double mae, double r2, double spearman) {
    /** Of one task; rows without a label are left out. */
    public static RegressionMeasures of(float[][] predicted, float[][] labels, int task) {
        int rows = 0;
        double[] x = new double[labels.length];
        double[] y = new double[labels.length];
        double squares = 0;
        double distances = 0;
        for (int i = 0; i < labels.length; i++) {
            if (!Float.isNaN(labels[i][task])) {
                x[rows] = predicted[i][task];
                y[rows] = labels[i][task];
                squares += Math.pow(x[rows] - y[rows], 2);
                distances += Math.abs(x[rows] - y[rows]);
                rows++;
            }
        }
        x = Arrays.copyOf(x, rows);
        y = Arrays.copyOf(y, rows);
        double spread = products(y, y);
        return new RegressionMeasures(
                rows,
                Math.sqrt(squares / rows),
                distances / rows,
                spread == 0 ? Double.NaN : 1 - squares / spread,
                correlation(ranks(x), ranks(y)));
    }

    private static double correlation(double[] x, double[] y) {
        double scale = Math.sqrt(products(x, x)) * Math.sqrt(products(y, y));
        return scale == 0 ? Double.NaN : products(x, y) / scale;
    }

    /** Sum of the products of the deviations from the means. */
    private static double products(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElse(0);
        double meanY = Arrays.stream(y).average().orElse(0);
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += (x[i] - meanX) * (y[i] - meanY);
        }
        return sum;
    }

    private static double[] ranks(double[] values) {
        Integer[] order = new Integer[values.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
        double[] ranks = new double[values.length];
        for (int start = 0; start < order.length; ) {
            int stop = start;
            while (stop < order.length && values[order[stop]] == values[order[start]]) {
                stop++;
            }
            for (int i = start; i < stop; i++) {
                ranks[order[i]] = (start + stop - 1) / 2.0;
            }
            start = stop;
        }
        return ranks;
    }
}
