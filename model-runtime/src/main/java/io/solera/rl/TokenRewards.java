package io.solera.rl;

/** Rewards per token [b][t] from one score per sample: the last token gets the score, all others get 0. */
public final class TokenRewards {
    private TokenRewards() {}

    /** A missing score counts as 0 here; {@link Whitening} leaves its sample out afterwards. */
    public static float[][] atEnd(double[] scores, float[][] tokens) {
        Ragged.requireSameLength(scores, tokens);
        float[][] rewards = Ragged.zerosLike(tokens);
        for (int b = 0; b < scores.length; b++) {
            if (!Double.isNaN(scores[b]) && rewards[b].length > 0) {
                rewards[b][rewards[b].length - 1] = (float) scores[b];
            }
        }
        return rewards;
    }
}
