package io.solera.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.solera.checkpoint.FullParameters;
import io.solera.checkpoint.Trainable;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import io.solera.rl.blend.GramMatrix;
import io.solera.rl.blend.OuterStep;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestUpdates {
    private static final int SIZE = 40;

    private static BlockVector vector(int seed) {
        float[] values = new float[SIZE];
        for (int k = 0; k < SIZE; k++) {
            values[k] = (float) RandomKey.of(seed).gaussian(k);
        }
        return BlockVector.of(values);
    }

    /** Shards are never averaged as vectors; everything that is made of them is as if they were. */
    @Test
    void theUpdateOfALearnerIsTheMeanOfItsShards() {
        BlockVector rho = vector(0);
        List<BlockVector> shards = new ArrayList<>();
        List<BlockVector> means = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            BlockVector first = vector(10 + i);
            BlockVector second = vector(20 + i);
            shards.addAll(List.of(first, second));
            means.add(BlockVector.combine(new double[] {0.5, 0.5}, List.of(first, second)));
        }
        Updates sharded = Updates.of(new FullParameters(), rho, shards, 2);
        Updates averaged = Updates.of(new FullParameters(), rho, means, 1);
        GramMatrix gram = sharded.gram();
        assertThat(gram.size()).isEqualTo(3);
        for (int i = 0; i < 3; i++) {
            assertThat(gram.values()[i]).containsExactly(averaged.gram().values()[i], within(1e-5));
        }
        double[] alpha = {0.2, 0.5, 0.3};
        Trainable.Combined next = sharded.combine(new OuterStep(0.7, 0.5), alpha, null);
        Trainable.Combined expected = averaged.combine(new OuterStep(0.7, 0.5), alpha, null);
        assertThat(next.rho().whole().toArray())
                .containsExactly(expected.rho().whole().toArray(), within(1e-6f));
        assertThat(next.drift().getAsDouble())
                .isCloseTo(expected.drift().getAsDouble(), within(1e-5))
                .isCloseTo(next.rho().whole().minus(rho).norm(), within(1e-12));
    }
}
