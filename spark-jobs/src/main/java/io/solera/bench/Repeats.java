package io.solera.bench;

import io.solera.rl.measure.Median;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Repeats a piece of work on this thread: first unmeasured, then until its time is up, at least three times.
 *
 * @param perSecond for each amount that the work reports, the median over the repeats of amount / seconds
 */
public record Repeats(double[] perSecond, int count) {
    private static final int MIN_REPEATS = 3;

    /** Returns the amounts done, such as tokens and molecules. */
    public interface Work {
        /** Warm-up. */
        default void prepare() throws Exception {}

        long[] run() throws Exception;
    }

    public static Repeats of(double seconds, Work work) throws Exception {
        work.prepare();
        work.run();
        List<double[]> rates = new ArrayList<>();
        double spent = 0;
        while (rates.size() < MIN_REPEATS || spent < seconds) {
            work.prepare();
            long start = System.nanoTime();
            long[] amounts = work.run();
            double taken = (System.nanoTime() - start) / 1e9;
            spent += taken;
            rates.add(
                    Arrays.stream(amounts).mapToDouble(amount -> amount / taken).toArray());
        }
        double[] medians = new double[rates.get(0).length];
        for (int k = 0; k < medians.length; k++) {
            int place = k;
            medians[k] =
                    Median.of(rates.stream().mapToDouble(rate -> rate[place]).toArray());
        }
        return new Repeats(medians, rates.size());
    }
}
