package io.solera.checkpoint;

import io.solera.checkpoint.file.Folder;
import io.solera.rl.BlockVector;
import io.solera.rl.Blocks;
import io.solera.rl.RandomKey;
import io.solera.rl.blend.GramMatrix;
import io.solera.rl.blend.OuterStep;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What of a policy is trained: all of its parameters, or adapters of low rank next to them. In a round, rho is what it
 * starts from and theta_i what learner i trains; nothing outside of the two kinds asks which of them a policy has.
 */
public sealed interface Trainable extends Serializable permits FullParameters, LoraAdapters {
    /**
     * rho after a blend.
     *
     * @param velocity of the outer step, for the next round; null without momentum
     * @param drift the norm of the change of the policy, to be asked for once every block of rho was
     * @param details more of it for the round's report, by name
     */
    record Combined(Blocks rho, @Nullable Blocks velocity, DoubleSupplier drift, Map<String, Number> details) {}

    /** How many numbers a learner trains. */
    long size(NetworkConfig config);

    /** rho of round 0, of a policy with these parameters. */
    Blocks initial(Blocks parameters);

    /** theta_i at the start of a round. */
    BlockVector start(BlockVector rho, RandomKey key);

    /** What of rho the tasks of a round need next to theta_i. */
    BlockVector fixed(BlockVector rho);

    /** What a network holds when a learner is at theta in a round that starts from rho. */
    BlockVector compose(BlockVector rho, BlockVector theta);

    /** The Gram matrix of the updates u_i that the thetas are, G[i][j] = (u_i, u_j). */
    GramMatrix gram(Blocks rho, List<? extends Blocks> thetas);

    /**
     * outer(rho, sum_i alpha_i u_i), in memory where rho is, and computed as it is asked for where that is elsewhere.
     *
     * @param velocity of the round before; null in the first one, or without momentum
     */
    Combined combine(
            OuterStep outer,
            Blocks rho,
            double[] alphas,
            List<? extends Blocks> thetas,
            GramMatrix gram,
            @Nullable Blocks velocity);

    /** The parameters of the whole policy, with what was trained taken into those that it started from. */
    BlockVector merged(NetworkConfig config, Blocks parameters, BlockVector rho);

    /**
     * Writes rho as a model, or as an adapter of one.
     *
     * @param shape a policy of this shape
     * @param base the model that it started from, as whoever trains it names it
     */
    void write(Folder folder, Policy shape, Blocks rho, String base) throws IOException;

    /**
     * The inverse of {@link #write}; parameters that are not in memory in {@code shape} stay in the folder.
     *
     * @param source reads the folder's files, wherever it is sent to
     */
    Blocks read(Folder folder, StoredVector.Source source, Policy shape) throws IOException;
}
