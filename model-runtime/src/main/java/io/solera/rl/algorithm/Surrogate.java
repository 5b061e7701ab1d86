package io.solera.rl.algorithm;

import io.solera.rl.ClippedLoss;
import java.util.LinkedHashMap;
import java.util.Map;

/** The loss that PPO, GRPO and RLOO share, with what is reported of it. */
final class Surrogate {
    private Surrogate() {}

    static Algorithm.Loss of(double clipRange, Algorithm.Pass pass) {
        ClippedLoss.Result clipped =
                new ClippedLoss(clipRange).of(pass.logProbabilities(), pass.old(), pass.advantages(), pass.tokens());
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("loss", clipped.loss());
        figures.put("clip_fraction", clipped.clipFraction());
        figures.put("approximate_kl", clipped.approximateKl());
        return new Algorithm.Loss(clipped.coefficients(), figures);
    }
}
