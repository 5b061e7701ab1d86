package io.solera.reward.dna;

import io.solera.problem.RequestException;
import java.io.Serializable;

/**
 * The solution of a strand and its complement: salts in millimolar, strands in nanomolar.
 *
 * @param strand the more concentrated strand
 * @param complement the other
 */
public record Solution(double na, double k, double tris, double mg, double dntps, double strand, double complement)
        implements Serializable {
    public Solution {
        if (na + k + tris + mg <= 0) {
            throw new RequestException("Invalid na: %s (must be above 0 without another salt)".formatted(na));
        }
        if (complement >= 2 * strand) {
            throw new RequestException(
                    "Invalid complement: %s (must be below twice the strand's %s)".formatted(complement, strand));
        }
    }

    /**
     * In molar; magnesium not bound by nucleotides counts as 120 sqrt([Mg] - [dNTP]) (N. von Ahsen, C. T. Wittwer and
     * E. Schuetz, Clin. Chem. 47, 1956, 2001).
     */
    double sodiumEquivalent() {
        double monovalent = na + k + tris / 2;
        return 1e-3 * (mg > dntps ? monovalent + 120 * Math.sqrt(mg - dntps) : monovalent);
    }

    /** In molar. */
    double strands() {
        return 1e-9 * (strand - complement / 2);
    }
}
