package io.solera.train.evaluation;

import io.solera.reward.alignment.Alignment;
import io.solera.reward.alignment.Chain;
import io.solera.reward.protein.ProteinRewards;
import java.util.ArrayList;
import java.util.List;

/** How good samples are as proteins: chains of the twenty amino acids. */
final class ProteinMeasures {
    /** Chains of which pairs are aligned: fewer of long ones, so that an evaluation takes seconds. */
    private static final int ALIGNED = 200;

    /** Cells of all alignments together, some 3 ns each. */
    private static final long CELLS = 400_000_000;

    private ProteinMeasures() {}

    static Quality of(List<String> samples, KnownSamples known) {
        List<String> valid = samples.stream()
                .filter(ProteinRewards::isProtein)
                .map(Chain::canonical)
                .toList();
        return Quality.of(valid, valid.size(), samples.size(), known, diversity(valid));
    }

    /** 1 minus the mean identity of the global alignments of all pairs among the first chains. */
    private static double diversity(List<String> chains) {
        List<Chain> first = new ArrayList<>();
        double sum = 0;
        long pairs = 0;
        long cells = 0;
        for (String text : chains) {
            if (first.size() == ALIGNED || cells > CELLS) {
                break;
            }
            if (text.length() > Chain.LIMIT) {
                continue;
            }
            Chain chain = Chain.of(text);
            for (Chain other : first) {
                sum += Alignment.global(chain, other).identity();
                cells += (long) chain.length() * other.length();
                pairs++;
            }
            first.add(chain);
        }
        return pairs == 0 ? Double.NaN : 1 - sum / pairs;
    }
}
