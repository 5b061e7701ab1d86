package io.solera.train.likelihood;

import com.google.gson.JsonObject;

/**
 * {@code summary.json} of supervised tuning.
 *
 * @param rounds the last one
 * @param bestRound the one with the least held-out loss
 * @param policySha256 of the last round
 */
record TuningSummary(
        String status,
        double seconds,
        int rounds,
        int bestRound,
        String policySha256,
        Loss heldOutLoss,
        JsonObject examples) {
    /** In nats per token, of the first round and of the last; NaN where nothing is held out. */
    record Loss(double before, double after) {}
}
