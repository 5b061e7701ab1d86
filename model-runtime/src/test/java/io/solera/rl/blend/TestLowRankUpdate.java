package io.solera.rl.blend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestLowRankUpdate {
    private static final LowRankUpdate FACTORS = new LowRankUpdate(
            List.of(new LowRankUpdate.Matrix(5, 4), new LowRankUpdate.Matrix(3, 7), new LowRankUpdate.Matrix(2, 2)));

    private static BlockVector update(int rank, long seed) {
        float[] values = new float[rank * FACTORS.rankSize()];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) RandomKey.of(seed).gaussian(k);
        }
        return BlockVector.of(values);
    }

    /** The updates themselves, one after the other, row-major. */
    private static double[] dense(BlockVector update) {
        float[] values = update.toArray();
        double[] all = new double[5 * 4 + 3 * 7 + 2 * 2];
        for (int start = 0; start < values.length; start += FACTORS.rankSize()) {
            int at = start;
            int place = 0;
            for (LowRankUpdate.Matrix matrix : FACTORS.matrices()) {
                for (int row = 0; row < matrix.out(); row++) {
                    for (int column = 0; column < matrix.in(); column++) {
                        all[place++] += (double) values[at + matrix.in() + row] * values[at + column];
                    }
                }
                at += matrix.in() + matrix.out();
            }
        }
        return all;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    @Test
    void theGramMatrixIsThatOfTheUpdates() {
        List<BlockVector> updates = List.of(update(2, 1), update(3, 2), update(1, 3));
        GramMatrix gram = FACTORS.grams(Sections.WHOLE, updates).get(0);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double expected = dot(dense(updates.get(i)), dense(updates.get(j)));
                assertThat(gram.value(i, j)).isCloseTo(expected, within(1e-9 * (1 + Math.abs(expected))));
            }
        }
    }

    @Test
    void aStackIsTheWeightedSum() {
        List<BlockVector> updates = List.of(update(2, 1), update(3, 2), update(1, 3));
        BlockVector sum = FACTORS.stacked(Coefficients.of(0.5, 0, -2), updates);
        assertThat(FACTORS.rank(sum)).isEqualTo(3);
        double[] expected = new double[45];
        for (int k = 0; k < 45; k++) {
            expected[k] = 0.5 * dense(updates.get(0))[k] - 2 * dense(updates.get(2))[k];
        }
        assertThat(dense(sum)).containsExactly(expected, within(1e-5));
        assertThat(FACTORS.stacked(Coefficients.of(0, 1, 0), updates)).isEqualTo(updates.get(1));
    }

    /** The second matrix is a section, and the others are one. */
    @Test
    void sectionsOfMatricesAreBlendedOnTheirOwn() {
        Sections sections = new Sections.Builder()
                .add("rest", 5 + 4)
                .add("layer 0", 3 + 7)
                .add("rest", 2 + 2)
                .build();
        List<BlockVector> updates = List.of(update(2, 1), update(3, 2));
        double[] first = dense(updates.get(0));
        double[] second = dense(updates.get(1));
        double middle = 0;
        for (int k = 20; k < 41; k++) {
            middle += first[k] * second[k];
        }
        List<GramMatrix> grams = FACTORS.grams(sections, updates);
        assertThat(grams.get(1).value(0, 1)).isCloseTo(middle, within(1e-9));
        assertThat(grams.get(0).value(0, 1)).isCloseTo(dot(first, second) - middle, within(1e-9));

        Coefficients alphas = new Coefficients(sections, new double[][] {{1, 0}, {0.5, -2}});
        double[] blend = dense(FACTORS.stacked(alphas, updates));
        double[] expected = first.clone();
        for (int k = 20; k < 41; k++) {
            expected[k] = 0.5 * first[k] - 2 * second[k];
        }
        assertThat(blend).containsExactly(expected, within(1e-5));
        assertThat(alphas.norm(grams)).isCloseTo(Math.sqrt(dot(expected, expected)), within(1e-5));
        Coefficients one = new Coefficients(sections, new double[][] {{0, 1}, {0, 1}});
        assertThat(FACTORS.stacked(one, updates)).isEqualTo(updates.get(1));
    }

    @Test
    void refactoringToTheTrueRankLosesNothing() {
        // the second half takes the first one back but for a fifth: rank 2 in 4 parts
        BlockVector update = update(2, 5);
        BlockVector four = FACTORS.stacked(Coefficients.of(1, -0.8), List.of(update, update));
        LowRankUpdate.Refactored two = FACTORS.refactored(four, 2);
        assertThat(two.error()).isLessThan(1e-7);
        assertThat(FACTORS.rank(two.update())).isEqualTo(2);
        assertThat(dense(two.update())).containsExactly(dense(four), within(1e-5));
        assertThat(FACTORS.refactored(four, 4).update()).isSameAs(four);
    }

    @Test
    void refactoringTellsWhatItLeftOut() {
        BlockVector update = update(6, 7);
        LowRankUpdate.Refactored three = FACTORS.refactored(update, 3);
        double[] whole = dense(update);
        double[] kept = dense(three.update());
        double[] left = new double[whole.length];
        for (int k = 0; k < left.length; k++) {
            left[k] = whole[k] - kept[k];
        }
        assertThat(Math.sqrt(dot(left, left) / dot(whole, whole))).isCloseTo(three.error(), within(1e-6));
        assertThat(three.error()).isBetween(0.01, 0.9);
        // the nearest: an error at right angles to what is kept
        assertThat(dot(left, kept) / dot(whole, whole)).isCloseTo(0, within(1e-6));
    }

    @Test
    void singularValuesOfAWorkedMatrix() {
        // [[3, 0], [4, 5]]: sqrt(45) and sqrt(5)
        SingularValues values = SingularValues.of(new double[][] {{3, 0}, {4, 5}});
        assertThat(values.values()).containsExactly(new double[] {Math.sqrt(45), Math.sqrt(5)}, within(1e-12));
        SingularValues wide = SingularValues.of(new double[][] {{3, 4, 0}, {0, 5, 0}});
        assertThat(wide.values()).containsExactly(new double[] {Math.sqrt(45), Math.sqrt(5)}, within(1e-12));
        assertThat(wide.right()).hasDimensions(3, 2);
    }

    @Test
    void refusesWhatIsNoWholeRank() {
        assertThatThrownBy(() -> FACTORS.rank(BlockVector.zeros(24)))
                .hasMessage("Cannot read factors: 24 numbers are no whole number of ranks of 23");
    }
}
