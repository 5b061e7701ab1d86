package io.solera.reward.alignment;

import io.solera.problem.RequestException;
import io.solera.reward.Reward;
import io.solera.reward.SequenceReward;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/** The rewards of the catalogue that compare a protein with references: each is that of the nearest one. */
public final class AlignmentRewards {
    /** A share of two chains. */
    @FunctionalInterface
    private interface Share extends ToDoubleBiFunction<Chain, Chain>, java.io.Serializable {}

    private AlignmentRewards() {}

    /** Identical pairs over all columns of the global alignment. */
    public static Reward globalIdentity(List<String> references) {
        return nearest(references, (a, b) -> Alignment.global(a, b).identity());
    }

    /**
     * Identical pairs of the local alignment over the length of the shorter chain: over the alignment's own columns a
     * single shared residue would count in full.
     */
    public static Reward localIdentity(List<String> references) {
        return nearest(
                references, (a, b) -> (double) Alignment.local(a, b).identical() / Math.min(a.length(), b.length()));
    }

    /** @param k residues of a word, 1 to 12 */
    public static Reward kmerSimilarity(List<String> references, int k) {
        List<Chain> chains = ReferenceChains.chains(references);
        for (int i = 0; i < chains.size(); i++) {
            if (chains.get(i).length() < k) {
                throw new RequestException(
                        "Invalid reference: %s (must have at least k residues, %d)".formatted(references.get(i), k));
            }
        }
        return new SequenceReward<>(Chain::status, Chain::of, new Kmers(chains, k));
    }

    private static Reward nearest(List<String> references, Share share) {
        List<Chain> chains = ReferenceChains.chains(references);
        return new SequenceReward<>(
                Chain::status,
                Chain::of,
                chain -> chains.stream()
                        .mapToDouble(reference -> share.applyAsDouble(chain, reference))
                        .max()
                        .orElse(Double.NaN));
    }
}
