package io.solera.reward.alignment;

import java.util.Arrays;

/**
 * The best alignment of two chains under {@link Blosum62}, where a gap of k residues costs 11 + k: global (S. B.
 * Needleman and C. D. Wunsch, J. Mol. Biol. 48, 443, 1970), end gaps included, or local (T. F. Smith and M. S.
 * Waterman, J. Mol. Biol. 147, 195, 1981), by the recursion with affine gaps of O. Gotoh (J. Mol. Biol. 162, 705,
 * 1982). Of several alignments with the best score it is one with the fewest columns, and of those one with the most
 * identical pairs, so that all three numbers are defined by the two chains alone.
 *
 * @param score in half bits
 * @param identical pairs of equal residues
 * @param columns pairs and gaps
 */
public record Alignment(int score, int identical, int columns) {
    private static final int OPEN = 12;
    private static final int EXTEND = 1;

    // A cell is score 2^40 - columns 2^20 + identical, so that the larger of two cells is the better one.
    private static final int SCORE = 40;
    private static final int COLUMNS = 20;
    private static final long PAIR = -(1L << COLUMNS);
    private static final long MATCH = PAIR + 1;
    private static final long OPENED = PAIR - ((long) OPEN << SCORE);
    private static final long EXTENDED = PAIR - ((long) EXTEND << SCORE);
    private static final long NEVER = Long.MIN_VALUE / 2;

    /** From end to end. */
    public static Alignment global(Chain a, Chain b) {
        return of(a.codes, b.codes, false);
    }

    /** Of any part of one with any part of the other; no columns where no pair scores above 0. */
    public static Alignment local(Chain a, Chain b) {
        return of(a.codes, b.codes, true);
    }

    private static Alignment of(byte[] a, byte[] b, boolean local) {
        // in row i, at j: the best alignment of the first i residues of a with the first j of b that ends with a pair,
        // with a residue of a over a gap, or with a gap over a residue of b
        int width = b.length + 1;
        long[] best = new long[width];
        long[] over = new long[width];
        Arrays.fill(over, NEVER);
        for (int j = 1; j < width && !local; j++) {
            best[j] = OPENED + (j - 1) * EXTENDED;
        }
        long top = 0;
        for (int i = 1; i <= a.length; i++) {
            int[] scores = Blosum62.row(a[i - 1]);
            long diagonal = best[0];
            best[0] = local ? 0 : OPENED + (i - 1) * EXTENDED;
            long under = NEVER;
            for (int j = 1; j < width; j++) {
                long pair = diagonal + ((long) scores[b[j - 1]] << SCORE) + (a[i - 1] == b[j - 1] ? MATCH : PAIR);
                over[j] = Math.max(best[j] + OPENED, over[j] + EXTENDED);
                under = Math.max(best[j - 1] + OPENED, under + EXTENDED);
                diagonal = best[j];
                best[j] = Math.max(pair, Math.max(over[j], under));
                if (local) {
                    best[j] = Math.max(best[j], 0);
                    top = Math.max(top, best[j]);
                }
            }
        }
        return decoded(local ? top : best[width - 1]);
    }

    private static Alignment decoded(long cell) {
        long score = (cell + (1L << (SCORE - 1))) >> SCORE;
        long rest = cell - (score << SCORE);
        long columns = -(rest >> COLUMNS);
        return new Alignment((int) score, (int) (rest + (columns << COLUMNS)), (int) columns);
    }

    /** The share of its columns that are identical pairs; NaN without columns. */
    public double identity() {
        return columns == 0 ? Double.NaN : (double) identical / columns;
    }
}
