package io.solera.train.update;

import io.solera.rl.Blocks;
import io.solera.rl.blend.Coefficients;
import io.solera.rl.blend.GramMatrix;
import io.solera.rl.blend.Sections;
import io.solera.train.learner.KeptState;
import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * What a learner trains while its updates use all slots, with the optimiser's moments: whole on the driver, or block by
 * block in the work folder, where no machine needs more than some blocks of them. Both step to the same bytes.
 */
public sealed interface SharedVectors permits DriverVectors, WorkVectors {
    /**
     * The sums of a minibatch; those of the gradients stay where they are until the step.
     *
     * @param grams of the gradients, by section
     * @param tasks what else they have summed
     */
    record Sums(List<GramMatrix> grams, List<AllTasks.Summed> tasks) {}

    /** Makes theta known to the tasks that sample, under the number of the step that begins. */
    void publish(int step) throws IOException;

    /** theta at the start of the step, until {@link #end}. */
    Point start();

    /** theta as it is now, until the next step. */
    Point point();

    /** Adds up what tasks have summed, and multiplies the gradients' sections. */
    Sums sum(JavaRDD<AllTasks.Summed> tasks, Sections sections);

    /** A step of the optimiser along scale sum_k alpha_k g_k, of the gradients g that were summed last. */
    void step(Coefficients alphas, float scale, double learningRate);

    /** The update is over. */
    void end();

    /** theta after the last step. */
    Blocks theta();

    /** What the learner keeps, where it also keeps its moments. */
    KeptState withMoments(KeptState kept);
}
