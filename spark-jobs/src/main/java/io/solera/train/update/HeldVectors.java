package io.solera.train.update;

import io.solera.rl.AdamW;
import io.solera.rl.BlockVector;
import io.solera.train.learner.KeptState;
import io.solera.train.learner.LearnerState;
import java.util.List;

/** What a learner trains and its optimiser, in the memory of one process. */
final class HeldVectors {
    private BlockVector theta;
    private boolean own;
    private final AdamW adam;

    /** @param moments belong to it from here on */
    HeldVectors(AdamW.Settings settings, BlockVector start, AdamW.State moments) {
        theta = start;
        adam = new AdamW(settings, moments);
    }

    BlockVector theta() {
        return theta;
    }

    /** Whoever has theta now keeps it as it is: the next step begins with a copy. */
    void share() {
        own = false;
    }

    /** A step of the optimiser in place, along scale sum_k alphas[k] gradients[k]. */
    void step(List<BlockVector> gradients, double[] alphas, float scale, double learningRate) {
        BlockVector gradient =
                gradients.size() == 1 && alphas[0] == 1 ? gradients.get(0) : BlockVector.combine(alphas, gradients);
        gradient.scale(scale);
        if (!own) {
            theta = theta.copy();
            own = true;
        }
        adam.step(theta, gradient, learningRate);
    }

    LearnerState state(KeptState kept) {
        return new LearnerState(theta, adam.state(), kept.critics(), kept.memory());
    }
}
