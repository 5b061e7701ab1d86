package io.solera.reward.dna;

import io.solera.problem.RequestException;
import java.util.List;

/**
 * How often each base was observed at each position of a binding site.
 *
 * @param counts by position, then in the order of {@link Bases#LETTERS}
 */
record Motif(String id, String name, List<List<Double>> counts) {
    static final int WIDEST = 100;

    Motif {
        counts = counts.stream().map(List::copyOf).toList();
    }

    int width() {
        return counts.size();
    }

    /** The motif with an id or name; without a name, the only one. */
    static Motif choose(List<Motif> motifs, String which) {
        if (which.isEmpty() && motifs.size() == 1) {
            return motifs.get(0);
        }
        return motifs.stream()
                .filter(motif -> motif.id.equals(which) || motif.name.equals(which))
                .findFirst()
                .orElseThrow(() -> new RequestException(
                        "Invalid name: %s (must be the ID or the name of one of the %d motifs of the file)"
                                .formatted(which.isEmpty() ? "none given" : which, motifs.size())));
    }

    /**
     * log2(p / background) of each base, position by position, p its count and the pseudocount over their sum: bits.
     */
    double[] logOdds(MotifModel model) {
        double[] logOdds = new double[4 * width()];
        for (int place = 0; place < width(); place++) {
            double total = 0;
            for (double count : counts.get(place)) {
                total += count + model.pseudocount();
            }
            for (int base = 0; base < 4; base++) {
                double p = (counts.get(place).get(base) + model.pseudocount()) / total;
                logOdds[4 * place + base] = StrictMath.log(p / model.background(base)) / StrictMath.log(2);
            }
        }
        return logOdds;
    }
}
