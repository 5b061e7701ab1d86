package io.solera.train;

import io.solera.rl.Blocks;
import io.solera.train.learner.KeptState;
import io.solera.train.learner.Learner;
import io.solera.train.learner.LearnerUpdate;
import io.solera.train.rollout.ScoredSample;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;

/**
 * What the steps of a round have made.
 *
 * @param thetas theta_i of each learner, in their order; in the work folder, where they are many
 * @param kept what the learners keep for the next round, by name
 * @param updates of every step, in the order of steps
 * @param rollouts the samples of all steps, which stay with Spark until {@link #release}
 */
record TrainedRound(
        List<Learner> learners,
        List<? extends Blocks> thetas,
        Map<String, KeptState> kept,
        List<LearnerUpdate> updates,
        List<JavaRDD<ScoredSample>> rollouts,
        Runnable release) {
    /** The same, with more to release: samples that are lost are drawn again until then. */
    TrainedRound releasing(Runnable more) {
        return new TrainedRound(learners, thetas, kept, updates, rollouts, () -> {
            release.run();
            more.run();
        });
    }
}
