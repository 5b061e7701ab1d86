package io.solera.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestSumTree {
    /** Numbers of many sizes, so that another order of additions shows. */
    private static List<BlockVector> leaf(int index) {
        float[] values = new float[50];
        for (int k = 0; k < values.length; k++) {
            RandomKey key = RandomKey.of(7).with(index);
            values[k] = (float) (key.gaussian(k) * Math.pow(10, key.with("size").index(k, 7)));
        }
        return List.of(BlockVector.of(values), BlockVector.of(index));
    }

    private static SumTree tree(int from, int to) {
        SumTree tree = new SumTree();
        IntStream.range(from, to).forEach(index -> tree.add(index, leaf(index)));
        return tree;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 8, 13})
    void theSumDoesNotDependOnWhoHasWhichLeaves(int leaves) {
        List<BlockVector> whole = tree(0, leaves).total();
        assertThat(whole.get(1).at(0)).isEqualTo(leaves * (leaves - 1) / 2f);
        for (int first = 0; first <= leaves; first++) {
            for (int second = first; second <= leaves; second++) {
                SumTree all = new SumTree();
                for (int[] range : new int[][] {{0, first}, {first, second}, {second, leaves}}) {
                    tree(range[0], range[1]).nodes().forEach(all::add);
                }
                assertThat(all.total()).isEqualTo(whole);
            }
        }
    }

    @Test
    void fiveLeavesAreAddedInPairs() {
        List<float[]> x = new ArrayList<>();
        IntStream.range(0, 5).forEach(index -> x.add(leaf(index).get(0).toArray()));
        float[] sum = tree(0, 5).total().get(0).toArray();
        for (int k = 0; k < sum.length; k++) {
            assertThat(sum[k]).isEqualTo(((x.get(0)[k] + x.get(1)[k]) + (x.get(2)[k] + x.get(3)[k])) + x.get(4)[k]);
        }
    }

    @Test
    void aRangeLeavesFewNodes() {
        assertThat(tree(0, 1024).nodes()).hasSize(1);
        assertThat(tree(1, 1023).nodes()).hasSizeLessThanOrEqualTo(2 * 10);
    }

    @Test
    void nothingHasNoSum() {
        assertThatThrownBy(() -> new SumTree().total()).hasMessage("Cannot sum: there is no leaf (0)");
        assertThatThrownBy(() -> SumTree.add(List.of(), leaf(1))).hasMessage("Cannot sum: 0 vectors and 2");
    }
}
