package io.solera.train;

import io.solera.rl.Blocks;
import io.solera.train.learner.KeptState;
import io.solera.train.learner.Learner;
import io.solera.train.learner.LearnerUpdate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the steps of a round have made.
 *
 * @param thetas theta_i of each learner, in their order; in the work folder, where they are many
 * @param kept what the learners keep for the next round, by name
 * @param updates of every step, in the order of steps
 * @param rollouts the rows of all steps, which stay with Spark until {@link #releaseRows}
 */
record TrainedRound(
        List<Learner> learners,
        List<? extends Blocks> thetas,
        Map<String, KeptState> kept,
        List<LearnerUpdate> updates,
        List<Dataset<Row>> rollouts,
        Runnable release) {
    void releaseRows() {
        release.run();
    }

    /** The same, with more to release: rows that are lost are drawn again until then. */
    TrainedRound releasing(Runnable more) {
        return new TrainedRound(learners, thetas, kept, updates, rollouts, () -> {
            release.run();
            more.run();
        });
    }
}
