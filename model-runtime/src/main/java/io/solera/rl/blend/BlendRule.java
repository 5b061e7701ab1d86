package io.solera.rl.blend;

import io.solera.rl.RandomKey;
import java.io.Serializable;

/** How much of each update goes into the blend sum_i alpha_i u_i, as a pure function of the updates' inner products. */
public interface BlendRule extends Serializable {
    /**
     * The alphas.
     *
     * @param weights the user's preference for each reward, 0 or more
     * @param key for rules that draw random numbers
     */
    double[] coefficients(GramMatrix gram, double[] weights, RandomKey key);
}
