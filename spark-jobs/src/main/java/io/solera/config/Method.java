package io.solera.config;

/** How several rewards become one policy. */
public enum Method {
    /** One expert per reward, blended after every round (Ghari et al., NeurIPS 2025). */
    ITERATIVE_RS,
    /** One policy; per-reward advantages combined with fixed weights at every step of the optimiser. */
    WEIGHTED_GRADIENTS,
    /** One policy on one score: the weighted sum of standardised rewards. */
    MORLHF
}
