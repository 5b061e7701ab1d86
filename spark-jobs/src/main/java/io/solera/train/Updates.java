package io.solera.train;

import io.solera.checkpoint.Trainable;
import io.solera.rl.BlockVector;
import io.solera.rl.blend.GramMatrix;
import io.solera.rl.blend.OuterStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The updates u_i of a round: what learners made of rho. A rule sees their inner products alone. */
record Updates(Trainable trainable, BlockVector rho, List<BlockVector> thetas) {
    /** G[i][j] = (u_i, u_j). */
    GramMatrix gram() {
        return trainable.gram(rho, thetas);
    }

    /** outer(rho, sum_i alpha_i u_i). */
    Trainable.Combined combine(OuterStep outer, double[] alpha, GramMatrix gram, @Nullable BlockVector velocity) {
        return trainable.combine(outer, rho, alpha, thetas, gram, velocity);
    }
}
