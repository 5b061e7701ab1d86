package io.solera.rl.measure;

/** Student's t: the t with |T| below it with a given probability, for whole degrees of freedom. */
public final class StudentT {
    /** The same of the normal distribution for 95 %. */
    public static final double NORMAL_95 = 1.959963984540054;

    private StudentT() {}

    /** By bisection of {@link #within}. */
    public static double quantile(double probability, long degrees) {
        double low = 0;
        double high = 1;
        while (within(high, degrees) < probability) {
            high *= 2;
        }
        for (int k = 0; k < 60; k++) {
            double middle = (low + high) / 2;
            if (within(middle, degrees) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** P(|T| < t) as the finite series in theta = atan(t / sqrt(degrees)) of Abramowitz and Stegun (1964), 26.7.3 and 26.7.4. */
    static double within(double t, long degrees) {
        double theta = Math.atan(t / Math.sqrt((double) degrees));
        double cosine = Math.cos(theta);
        boolean odd = degrees % 2 == 1;
        double term = odd ? cosine : 1;
        double sum = degrees == 1 ? 0 : term;
        for (long k = odd ? 3 : 2; k <= degrees - 2; k += 2) {
            term *= cosine * cosine * (k - 1) / k;
            sum += term;
            if (term < 1e-17) {
                break;
            }
        }
        return odd ? 2 / Math.PI * (theta + Math.sin(theta) * sum) : Math.sin(theta) * sum;
    }
}
