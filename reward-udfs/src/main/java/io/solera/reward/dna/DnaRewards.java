package io.solera.reward.dna;

import io.solera.reward.Reward;
import io.solera.reward.SequenceReward;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The DNA rewards of the catalogue. */
public final class DnaRewards {
    private DnaRewards() {}

    public static Reward gc() {
        return reward(Composition::gc);
    }

    public static Reward cpgRatio() {
        return reward(Composition::cpgRatio);
    }

    public static Reward longestHomopolymer() {
        return reward(Composition::longestRun);
    }

    public static Reward meltingTemperature(Solution solution) {
        return reward(new MeltingTemperature(solution));
    }

    /** The score of the best site of a motif from a file, see {@link MotifModel}. */
    public static Reward motifBest(InputStream motifs, String file, String name, MotifModel model) throws IOException {
        return reward(score(motifs, file, name, model)::best);
    }

    /** The sum of the scores of all sites that reach a threshold in bits. */
    public static Reward motifSum(InputStream motifs, String file, String name, MotifModel model, double threshold)
            throws IOException {
        MotifScore score = score(motifs, file, name, model);
        return reward(bases -> score.sum(bases, threshold));
    }

    private static MotifScore score(InputStream motifs, String file, String name, MotifModel model) throws IOException {
        Motif motif = Motif.choose(JasparFile.read(motifs, file), name);
        return new MotifScore(motif.logOdds(model), model);
    }

    /**
     * The correlation of the numbers of sites of a file's motifs with those in reference sequences.
     *
     * @param pValue maximum probability of a site's score in the background
     */
    public static Reward motifCorrelation(
            InputStream motifs,
            String file,
            InputStream sequences,
            String sequencesFile,
            MotifModel model,
            double pValue)
            throws IOException {
        List<MotifSites> sites = JasparFile.read(motifs, file).stream()
                .map(motif -> new MotifSites(motif, model, pValue))
                .toList();
        return reward(new MotifCorrelation(sites, Sequences.read(sequences, sequencesFile)));
    }

    /** The organisms that {@link #codonAdaptation(String)} knows. */
    public static List<String> organisms() {
        return CodonAdaptation.ORGANISMS;
    }

    public static Reward codonAdaptation(String organism) {
        return reward(CodonAdaptation.shipped(organism));
    }

    /** With codon counts from a file. */
    public static Reward codonAdaptation(InputStream table, String file) throws IOException {
        return reward(CodonAdaptation.read(table, file));
    }

    private static Reward reward(SequenceReward.Property<Bases> property) {
        return new SequenceReward<>(Bases::status, Bases::of, property);
    }
}
