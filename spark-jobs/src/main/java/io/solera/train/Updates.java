package io.solera.train;

import io.solera.checkpoint.FullParameters;
import io.solera.checkpoint.Trainable;
import io.solera.cluster.Described;
import io.solera.rl.BlockVector;
import io.solera.rl.Blocks;
import io.solera.rl.blend.Coefficients;
import io.solera.rl.blend.GramMatrix;
import io.solera.rl.blend.OuterStep;
import io.solera.rl.blend.Sections;
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
 * @param products of all shards' updates, by section
 */
record Updates(Trainable trainable, Blocks rho, List<? extends Blocks> thetas, int shards, List<GramMatrix> products) {
    static Updates of(Trainable trainable, Sections sections, Blocks rho, List<? extends Blocks> thetas, int shards) {
        return new Updates(trainable, rho, thetas, shards, trainable.grams(sections, rho, thetas));
    }

    /** The same, whose products tasks compute block by block where nothing is in memory here. */
    static Updates of(
            JavaSparkContext spark,
            Trainable trainable,
            Sections sections,
            Blocks rho,
            List<? extends Blocks> thetas,
            int shards) {
        if (rho instanceof BlockVector) {
            return of(trainable, sections, rho, thetas, shards);
        }
        List<Integer> blocks = IntStream.range(0, rho.blocks()).boxed().toList();
        List<List<GramMatrix>> products = Described.more(
                spark.sc(),
                ": products of the updates",
                () -> spark.parallelize(blocks)
                        .map(b -> FullParameters.grams(sections, rho, thetas, b))
                        .collect());
        return new Updates(trainable, rho, thetas, shards, Sections.sum(products));
    }

    /** G[i][j] = (u_i, u_j), by section. */
    List<GramMatrix> grams() {
        return products.stream().map(gram -> gram.ofMeans(shards)).toList();
    }

    /** outer(rho, sum_i alpha_i u_i). */
    Trainable.Combined combine(OuterStep outer, Coefficients alpha, @Nullable Blocks velocity) {
        return trainable.combine(outer, rho, alpha.ofMeans(shards), thetas, products, velocity);
    }
}
