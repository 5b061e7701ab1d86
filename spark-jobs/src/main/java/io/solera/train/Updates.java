package io.solera.train;

import io.solera.checkpoint.FullParameters;
import io.solera.checkpoint.Trainable;
import io.solera.cluster.Described;
import io.solera.rl.BlockVector;
import io.solera.rl.Blocks;
import io.solera.rl.blend.GramMatrix;
import io.solera.rl.blend.OuterStep;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * The updates u_i of a round: what learners made of rho. A rule sees their inner products alone. The update of a
 * learner with several shards is the mean of theirs (local SGD), which is never computed on its own: its products are
 * means of the shards' products, and its coefficient is shared out.
 *
 * @param thetas of all shards, those of a learner one after the other
 * @param products of all shards' updates
 */
record Updates(Trainable trainable, Blocks rho, List<? extends Blocks> thetas, int shards, GramMatrix products) {
    static Updates of(Trainable trainable, Blocks rho, List<? extends Blocks> thetas, int shards) {
        return new Updates(trainable, rho, thetas, shards, trainable.gram(rho, thetas));
    }

    /** The same, whose products tasks compute block by block where nothing is in memory here. */
    static Updates of(
            JavaSparkContext spark, Trainable trainable, Blocks rho, List<? extends Blocks> thetas, int shards) {
        if (rho instanceof BlockVector) {
            return of(trainable, rho, thetas, shards);
        }
        List<Integer> blocks = IntStream.range(0, rho.blocks()).boxed().toList();
        List<GramMatrix> products = Described.more(
                spark.sc(),
                ": products of the updates",
                () -> spark.parallelize(blocks, Math.max(1, blocks.size()))
                        .map(b -> FullParameters.gram(rho, thetas, b))
                        .collect());
        return new Updates(trainable, rho, thetas, shards, GramMatrix.sum(products));
    }

    /** G[i][j] = (u_i, u_j). */
    GramMatrix gram() {
        return products.ofMeans(shards);
    }

    /** outer(rho, sum_i alpha_i u_i). */
    Trainable.Combined combine(OuterStep outer, double[] alpha, @Nullable Blocks velocity) {
        double[] shared = new double[thetas.size()];
        for (int k = 0; k < shared.length; k++) {
            shared[k] = alpha[k / shards] / shards;
        }
        return trainable.combine(outer, rho, shared, thetas, products, velocity);
    }
}
