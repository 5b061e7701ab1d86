package io.solera.bench;

import io.solera.rl.measure.Median;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A piece of work done again and again on this thread: first unmeasured, then until its time is up, at least three times.
 *
 * @param perSecond for each amount that the work tells, the median over the repeats of amount / seconds
 */
public record Repeats(double[] perSecond, int count) {
    private static final int LEAST = 3;

    /** Tells the amounts that it has done, such as tokens and molecules. */
    public interface Work {
        /** Not measured. */
        default void prepare() throws Exception {}

        long[] run() throws Exception;
    }

    public static Repeats of(double seconds, Work work) throws Exception {
        work.prepare();
        work.run();
        List<double[]> rates = new ArrayList<>();
        double spent = 0;
        while (rates.size() < LEAST || spent < seconds) {
            work.prepare();
            long begun = System.nanoTime();
            long[] amounts = work.run();
            double taken = (System.nanoTime() - begun) / 1e9;
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
