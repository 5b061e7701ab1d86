package io.solera.rl.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How much room a row of [n, N] has among rows of the same front (K. Deb et al., NSGA-II, IEEE Trans. Evol. Comput. 6,
 * 182, 2002): the sum over columns of the gap between its two neighbours in that column, as a share of the column's
 * range; infinite for a row at an end of a column.
 *
 * <p>Departure: rows that have an equal have no room, 0, wherever they are, so that equal rows are worth the same
 * whatever their order. The others' gaps are to distinct rows.
 */
public final class CrowdingDistance {
    private CrowdingDistance() {}

    /** One number per row. All rows must be complete. */
    public static double[] of(double[][] rows) {
        double[] room = new double[rows.length];
        List<Integer> distinct = new ArrayList<>();
        for (int r = 0; r < rows.length; r++) {
            double[] row = rows[r];
            if (distinct.stream().noneMatch(other -> Arrays.equals(rows[other], row))) {
                distinct.add(r);
            }
        }
        for (int k = 0; rows.length > 0 && k < rows[0].length; k++) {
            addGaps(rows, distinct, k, room);
        }
        for (int r = 0; r < rows.length; r++) {
            double[] row = rows[r];
            if (Arrays.stream(rows).filter(other -> Arrays.equals(other, row)).count() > 1) {
                room[r] = 0;
            }
        }
        return room;
    }

    private static void addGaps(double[][] rows, List<Integer> distinct, int k, double[] room) {
        List<Integer> order = new ArrayList<>(distinct);
        order.sort(Comparator.comparingDouble(r -> rows[r][k]));
        double low = rows[order.get(0)][k];
        double high = rows[order.get(order.size() - 1)][k];
        for (int place = 0; place < order.size(); place++) {
            int r = order.get(place);
            // all rows that share an end of the column are at that end
            if (rows[r][k] == low || rows[r][k] == high) {
                room[r] = low == high ? room[r] : Double.POSITIVE_INFINITY;
            } else {
                room[r] += (rows[order.get(place + 1)][k] - rows[order.get(place - 1)][k]) / (high - low);
            }
        }
        if (order.size() == 1) {
            room[order.get(0)] = Double.POSITIVE_INFINITY;
        }
    }
}
