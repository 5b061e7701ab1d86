package io.solera.model;

import io.solera.rl.RandomKey;
import java.util.Arrays;

/** A sequence being written. */
final class PartialSequence {
    private final int[] prompt;
    private final RandomKey key;
    private int[] tokens = new int[32];
    private float[] logProbabilities = new float[32];
    private int length;
    private boolean open = true;
    private boolean ended;

    PartialSequence(int[] prompt, RandomKey key) {
        this.prompt = prompt;
        this.key = key;
    }

    int[] prompt() {
        return prompt;
    }

    boolean open() {
        return open;
    }

    /** The token that the network reads next. */
    int last() {
        return length == 0 ? prompt[prompt.length - 1] : tokens[length - 1];
    }

    /** The random number of the next token. */
    double uniform() {
        return key.uniform(length);
    }

    /** @param most tokens that a completion has */
    void add(int token, float logProbability, boolean end, int most) {
        if (length == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * length);
            logProbabilities = Arrays.copyOf(logProbabilities, 2 * length);
        }
        tokens[length] = token;
        logProbabilities[length] = logProbability;
        length++;
        ended = end;
        open = !end && length < most;
    }

    Completion completion() {
        return new Completion(Arrays.copyOf(tokens, length), Arrays.copyOf(logProbabilities, length), ended);
    }
}
