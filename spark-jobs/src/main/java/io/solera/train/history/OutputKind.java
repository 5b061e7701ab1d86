package io.solera.train.history;

import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.Folder;
import io.solera.text.WordTokenizer;
import io.solera.text.Words;
import io.solera.train.evaluation.KnownSamples;
import io.solera.train.evaluation.SampleKind;
import java.io.IOException;

/**
 * What a policy writes, as far as it and its folder show; in a training run its rewards decide ({@code
 * TrainJob.writesMolecules}).
 */
public final class OutputKind {
    private OutputKind() {}

    /**
     * Whether a policy writes molecules: its words are SMILES; or its tokenizer is of another program, and its folder
     * says so, by {@link KnownSamples hashes} of those that it learned or by the tag {@code smiles} of its model
     * card, which training runs on molecules write.
     */
    public static boolean molecules(Policy policy, Folder folder) throws IOException {
        if (policy.tokenizer() instanceof WordTokenizer words) {
            return words.words().equals(Words.SMILES);
        }
        KnownSamples known = KnownSamples.read(folder);
        return (known.kind() == SampleKind.MOLECULES && !known.isEmpty())
                || StartingModel.tagged(folder, PolicyCard.MOLECULES);
    }

    /** Whether a policy writes proteins: its words are amino acids. */
    public static boolean proteins(Policy policy) {
        return policy.tokenizer() instanceof WordTokenizer words
                && words.words().equals(Words.AMINO_ACIDS);
    }

    /**
     * What a policy may write: for a tokenizer of another program only its folder could show that it does not write
     * molecules.
     */
    public static SampleKind possible(Policy policy) {
        if (proteins(policy)) {
            return SampleKind.PROTEINS;
        }
        boolean otherWords = policy.tokenizer() instanceof WordTokenizer words
                && !words.words().equals(Words.SMILES);
        return otherWords ? SampleKind.TEXTS : SampleKind.MOLECULES;
    }
}
