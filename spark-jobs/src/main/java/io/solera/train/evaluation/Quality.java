package io.solera.train.evaluation;

import java.util.HashSet;
import java.util.List;

/**
 * How good samples are as what they should be, molecules or proteins (the measures of MOSES, Polykovskiy et al., Front.
 * Pharmacol. 11, 565644, 2020).
 *
 * @param validity share of the samples that are one
 * @param uniqueness share of distinct ones among the first 1,000 valid samples
 * @param novelty share of the distinct ones that were not in the prior's training set; NaN where that is not known
 * @param internalDiversity 1 minus the mean similarity of pairs among the first valid samples: of molecules the ECFP4
 *     Tanimoto similarity among 1,000, of proteins the identity of global alignments among 200
 */
public record Quality(double validity, double uniqueness, double novelty, double internalDiversity) {
    static final int FIRST = 1000;

    /**
     * @param samples that are valid, in their canonical form
     * @param valid how many of all samples are
     */
    static Quality of(List<String> canonical, long valid, long samples, KnownSamples known, double diversity) {
        List<String> first = canonical.subList(0, Math.min(FIRST, canonical.size()));
        HashSet<String> distinct = new HashSet<>(canonical);
        long novel = distinct.stream().filter(text -> !known.contains(text)).count();
        return new Quality(
                share(valid, samples),
                share(new HashSet<>(first).size(), first.size()),
                known.isEmpty() ? Double.NaN : share(novel, distinct.size()),
                diversity);
    }

    private static double share(long part, long whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }
}
