package io.solera.reward.molecule.descriptor;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Arrays;

/**
 * How common each circular fragment is among known molecules: the table behind {@link SaScore}. A fragment's score is
 * log10(count / n80), n80 the number of fragments that make up 80 % of all occurrences; an unknown one has -4.
 * {@link SaFragmentFile} says how tables are written.
 */
public final class SaFragments implements Serializable {
    private static final double UNKNOWN = -4;
    private static final int BUCKETS = 1 << 16;

    final int[] ids;
    /** The score of fragment i is {@code scores[places[i]]}. */
    final int[] places;

    final double[] scores;
    private final double slope;
    private final double intercept;
    /** Where the ids begin whose upper half is at least a given one. */
    private final int[] starts;

    /**
     * @param ids in ascending order as unsigned numbers
     * @param places which of the scores each id has
     * @param slope of the line from this table's raw scores to those of the published table, 1 without calibration
     * @param intercept 0 without calibration
     */
    SaFragments(int[] ids, int[] places, double[] scores, double slope, double intercept) {
        this.ids = ids;
        this.places = places;
        this.scores = scores;
        this.slope = slope;
        this.intercept = intercept;
        this.starts = new int[BUCKETS + 1];
        for (int id : ids) {
            starts[(id >>> 16) + 1]++;
        }
        Arrays.parallelPrefix(starts, Integer::sum);
    }

    /** @param counts of the ids, from which their scores follow */
    static SaFragments counted(int[] ids, int[] counts, double n80, double slope, double intercept) {
        int[] distinct = Arrays.stream(counts).distinct().sorted().toArray();
        double[] scores = Arrays.stream(distinct)
                .mapToDouble(count -> StrictMath.log10(count / n80))
                .toArray();
        int[] places = Arrays.stream(counts)
                .map(count -> Arrays.binarySearch(distinct, count))
                .toArray();
        return new SaFragments(ids, places, scores, slope, intercept);
    }

    /** Ertl and Schuffenhauer's own: 705,292 fragments of nearly a million molecules of PubChem, as RDKit distributes them. */
    public static SaFragments published() {
        return Published.TABLE;
    }

    /**
     * One counted from other molecules: 121,900 fragments that occur at least twice in 167,551 molecules of ChEMBL and PubChem, with
     * sa = -0.215 + 0.948 x fitted to the published table's scores of 3,999 other molecules (r 0.973).
     */
    public static SaFragments own() {
        return Own.TABLE;
    }

    private static final class Published {
        static final SaFragments TABLE = load("sa-scores.bin.gz");
    }

    private static final class Own {
        static final SaFragments TABLE = load("sa-fragments.bin.gz");
    }

    private static SaFragments load(String name) {
        try (InputStream in = SaFragments.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("Cannot read %s: it is missing from the jar".formatted(name));
            }
            return SaFragmentFile.read(in, name);
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    public int size() {
        return ids.length;
    }

    /** The same fragments with another calibration. */
    public SaFragments calibrated(double newSlope, double newIntercept) {
        return new SaFragments(ids, places, scores, newSlope, newIntercept);
    }

    public double slope() {
        return slope;
    }

    public double intercept() {
        return intercept;
    }

    double score(int id) {
        int low = starts[id >>> 16];
        int high = starts[(id >>> 16) + 1] - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int compared = Integer.compareUnsigned(ids[middle], id);
            if (compared == 0) {
                return scores[places[middle]];
            }
            if (compared < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return UNKNOWN;
    }
}
