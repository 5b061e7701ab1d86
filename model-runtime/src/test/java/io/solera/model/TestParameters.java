package io.solera.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.solera.checkpoint.ParameterLayout;
import io.solera.rl.BlockVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tensors that read their buffers, and tensors that are copied to, as on another device. */
class TestParameters {
    private static final ParameterLayout LAYOUT =
            new ParameterLayout.Builder().add("a", 2, 3).add("b", 2).build();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void areFilledInPlaceAndDifferentiated(boolean shared) {
        try (NDManager manager = Torch.manager()) {
            Parameters parameters = new Parameters(manager, LAYOUT, shared);
            NDArray a = parameters.tensor("a");
            NDArray b = parameters.tensor("b");
            for (float first : new float[] {1, 10}) {
                parameters.set(BlockVector.of(first, 2, 3, 4, 5, 6, 7, 8));
                assertThat(Torch.read(a)).containsExactly(first, 2, 3, 4, 5, 6);
                assertThat(Torch.read(b)).containsExactly(7, 8);
                // d/da of sum_i b_i sum_j a_ij is b_i, d/db_i is sum_j a_ij
                try (NDManager scope = Torch.scope(manager, true)) {
                    NDArray rows = scope.create(new float[] {1, 1, 1}).reshape(3, 1);
                    NDArray sums = rows.transpose().matMul(a.transpose()).reshape(2);
                    Torch.backward(sums.mul(b), scope.create(new float[] {1, 1}));
                }
                assertThat(parameters.takeGradients().toArray()).containsExactly(7, 7, 7, 8, 8, 8, first + 5, 15);
            }
        }
    }

    @Test
    void whatWasGivenMayChangeAfterwards() {
        try (NDManager manager = Torch.manager()) {
            Parameters parameters = new Parameters(manager, LAYOUT, false);
            BlockVector values = BlockVector.of(1, 2, 3, 4, 5, 6, 7, 8);
            parameters.set(values);
            values.add(0, 100);
            assertThat(Torch.read(parameters.tensor("a"))).containsExactly(1, 2, 3, 4, 5, 6);
        }
    }
}
