package io.solera.reward.alignment;

import io.solera.reward.ParameterTable;
import java.util.Arrays;

/**
 * The substitution matrix BLOSUM62, in half bits (S. Henikoff and J. G. Henikoff, Proc. Natl. Acad. Sci. USA 89, 10915,
 * 1992), as NCBI's BLAST has it.
 */
final class Blosum62 {
    private static final int[][] SCORES = ParameterTable.rows(Blosum62.class, "blosum62.tsv").stream()
            .map(row -> Arrays.stream(row).skip(1).mapToInt(Integer::parseInt).toArray())
            .toArray(int[][]::new);

    private Blosum62() {}

    /** The scores of a residue with each other one, in the order of {@link Chain#LETTERS}. */
    static int[] row(byte code) {
        return SCORES[code];
    }
}
