package io.solera.reward.learned.encoding;

import io.solera.checkpoint.Policy;
import io.solera.lang.EnumText;
import io.solera.model.Likelihood;
import io.solera.model.NetworkPool;
import io.solera.model.Sequence;
import io.solera.reward.Status;
import io.solera.text.LengthBatches;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The hidden state of a frozen policy after the last layer norm, once the whole text has been read, or the mean of the
 * states after each token (the features of the learned rewards of Ghari, Sciabola and Wang, NeurIPS 2025). Different
 * spellings of a molecule are different texts.
 *
 * @param policyName its location, as given by the user
 */
public record HiddenState(String policyName, Policy policy, Pooling pooling) implements Encoding {
    public static final String NAME = "policy";

    /** Finds the policy whose hidden state a model reads. */
    public interface Policies {
        /** @throws IOException if there is none of this name, or it cannot be read */
        Policy policy(String name) throws IOException;
    }

    /** Which states are used. */
    public enum Pooling {
        LAST,
        MEAN;

        public String text() {
            return EnumText.of(this);
        }
    }

    /** Sequences in one pass: enough to keep the processor busy, few enough for long ones. */
    private static final int ROWS = 32;

    @Override
    public int width() {
        return policy.config().hiddenSize();
    }

    @Override
    public Key key(@Nullable String text) {
        return text == null || tokens(text).isEmpty() ? Key.refused(Status.INVALID_INPUT) : Key.of(text);
    }

    /** Sequences of equal length are batched together, so that no row is padded because of another. */
    @Override
    public List<Features> features(List<String> texts) {
        int[][] sequences =
                texts.stream().map(text -> tokens(text).orElseThrow()).toArray(int[][]::new);
        Features[] features = new Features[sequences.length];
        try (NetworkPool.Lease lease = NetworkPool.lease(policy.config())) {
            lease.network().set(policy, policy.initial().whole());
            Likelihood network =
                    new Likelihood(lease.network(), policy.tokenizer().special(), 1);
            for (int[] batch : LengthBatches.ofOneLength(sequences.length, i -> sequences[i].length, ROWS)) {
                float[][] hidden = network.hidden(Sequence.unprompted(
                        policy.tokenizer().special(),
                        Arrays.stream(batch).mapToObj(i -> sequences[i]).toList()));
                for (int row = 0; row < hidden.length; row++) {
                    features[batch[row]] = pooled(hidden[row]);
                }
            }
        }
        return Arrays.asList(features);
    }

    /** @param hidden states [T, D] before each token; the first has not read any text yet */
    private Features pooled(float[] hidden) {
        int width = width();
        if (pooling == Pooling.LAST) {
            return new Features.Numbers(Arrays.copyOfRange(hidden, hidden.length - width, hidden.length));
        }
        double[] sums = new double[width];
        for (int k = width; k < hidden.length; k++) {
            sums[k % width] += hidden[k];
        }
        float[] mean = new float[width];
        for (int k = 0; k < width; k++) {
            mean[k] = (float) (sums[k] / (hidden.length / width - 1));
        }
        return new Features.Numbers(mean);
    }

    private Optional<int[]> tokens(String text) {
        return policy.tokenizer().findCompletion(text, policy.config().contextLength());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String phrase() {
        return "the hidden state of %s (%s)"
                .formatted(shortName(), pooling == Pooling.LAST ? "whole text read" : "mean over the tokens");
    }

    /** The last part of the policy's name, for readers on other machines. */
    public String shortName() {
        return policyName.substring(policyName.lastIndexOf('/') + 1);
    }
}
