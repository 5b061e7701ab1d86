package io.solera.rl.blend;

import io.solera.rl.BlockVector;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Updates of low rank to several matrices, delta W = sum_k b_k a_k', as one vector that grows by a part for each rank
 * k: a_k [in] and b_k [out] of the first matrix, of the second, and so on. So the sum of two updates is one vector
 * after the other, and the rank follows from the length.
 *
 * @param matrices that are updated
 */
public record LowRankUpdate(List<Matrix> matrices) implements Serializable {
    /** A matrix from {@code in} numbers to {@code out}. */
    public record Matrix(int in, int out) implements Serializable {}

    /**
     * An update of at most some rank.
     *
     * @param error the norm of what was left out, relative to that of the update
     */
    public record Refactored(BlockVector update, double error) {}

    public LowRankUpdate {
        matrices = List.copyOf(matrices);
    }

    /** Numbers of one rank. */
    public int rankSize() {
        return matrices.stream()
                .mapToInt(matrix -> Math.addExact(matrix.in, matrix.out))
                .sum();
    }

    /** @throws IllegalArgumentException when the vector is none of these matrices' */
    public int rank(BlockVector update) {
        if (rankSize() == 0 || update.size() % rankSize() != 0) {
            throw new IllegalArgumentException("Cannot read factors: %d numbers are no whole number of ranks of %d"
                    .formatted(update.size(), rankSize()));
        }
        return Math.toIntExact(update.size() / rankSize());
    }

    /**
     * The sum of updates, each times its alpha; those with alpha 0 are left out.
     *
     * @param alphas by sections of an update; a matrix is in the section that it starts in
     */
    public BlockVector stacked(Coefficients alphas, List<BlockVector> updates) {
        List<float[]> parts = new ArrayList<>();
        int length = 0;
        for (int i = 0; i < alphas.count(); i++) {
            if (!alphas.leavesOut(i)) {
                float[] part = updates.get(i).toArray();
                scaleOutputs(part, alphas, i);
                parts.add(part);
                length = Math.addExact(length, part.length);
            }
        }
        float[] all = new float[length];
        int place = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, place, part.length);
            place += part.length;
        }
        return BlockVector.of(all);
    }

    private void scaleOutputs(float[] update, Coefficients alphas, int i) {
        int[] inSection = inSection(alphas.sections());
        int rankSize = rankSize();
        for (int start = 0; start < update.length; start += rankSize) {
            int at = start;
            for (int m = 0; m < inSection.length; m++) {
                double alpha = alphas.in(inSection[m])[i];
                at += matrices.get(m).in;
                for (int k = at; alpha != 1 && k < at + matrices.get(m).out; k++) {
                    update[k] = (float) (alpha * update[k]);
                }
                at += matrices.get(m).out;
            }
        }
    }

    /** The section of each matrix. */
    private int[] inSection(Sections sections) {
        int[] inSection = new int[matrices.size()];
        long at = 0;
        for (int m = 0; m < inSection.length; m++) {
            inSection[m] = sections.at(at);
            at += matrices.get(m).in + matrices.get(m).out;
        }
        return inSection;
    }

    /**
     * (u, v) = sum over matrices of tr((B_v' B_u)(A_u A_v')), of the updates themselves, not of their factors.
     *
     * @param inSection the section of each matrix
     * @return a sum for each section, over the matrices in it
     */
    private double[] dots(BlockVector u, BlockVector v, int[] inSection, int sections) {
        float[] left = u.toArray();
        float[] right = v.toArray();
        int rankSize = rankSize();
        double[] sums = new double[sections];
        for (int i = 0; i < left.length; i += rankSize) {
            for (int j = 0; j < right.length; j += rankSize) {
                int at = 0;
                for (int m = 0; m < inSection.length; m++) {
                    Matrix matrix = matrices.get(m);
                    double inputs = dot(left, i + at, right, j + at, matrix.in);
                    at += matrix.in;
                    sums[inSection[m]] += inputs * dot(left, i + at, right, j + at, matrix.out);
                    at += matrix.out;
                }
            }
        }
        return sums;
    }

    /** The Gram matrix of the matrices of each section. */
    public List<GramMatrix> grams(Sections sections, List<BlockVector> updates) {
        int[] inSection = inSection(sections);
        double[][][] values = new double[sections.count()][updates.size()][updates.size()];
        for (int i = 0; i < updates.size(); i++) {
            for (int j = 0; j <= i; j++) {
                double[] dots = dots(updates.get(i), updates.get(j), inSection, sections.count());
                for (int s = 0; s < dots.length; s++) {
                    values[s][i][j] = dots[s];
                    values[s][j][i] = dots[s];
                }
            }
        }
        return Arrays.stream(values).map(GramMatrix::new).toList();
    }

    /**
     * The nearest update of a given rank (Eckart and Young 1936), matrix by matrix: B = Q_b R_b, A' = Q_a R_a, R_b R_a'
     * = U S V', then b_k = sqrt(s_k) Q_b u_k and a_k = sqrt(s_k) Q_a v_k. An update of no higher rank stays as it is.
     */
    public Refactored refactored(BlockVector update, int rank) {
        int before = rank(update);
        if (before <= rank) {
            return new Refactored(update, 0);
        }
        int rankSize = rankSize();
        float[] from = update.toArray();
        float[] to = new float[Math.multiplyExact(rank, rankSize)];
        double left = 0;
        double whole = 0;
        int at = 0;
        for (Matrix matrix : matrices) {
            OrthogonalFactor a = OrthogonalFactor.of(columns(from, at, matrix.in, rankSize));
            OrthogonalFactor b = OrthogonalFactor.of(columns(from, at + matrix.in, matrix.out, rankSize));
            SingularValues core = SingularValues.of(product(b.r(), a.r()));
            for (int k = 0; k < core.values().length; k++) {
                double value = core.values()[k];
                whole += value * value;
                if (k >= rank) {
                    left += value * value;
                    continue;
                }
                int start = k * rankSize + at;
                write(a.q(), core.right(), k, Math.sqrt(value), to, start);
                write(b.q(), core.left(), k, Math.sqrt(value), to, start + matrix.in);
            }
            at += matrix.in + matrix.out;
        }
        return new Refactored(BlockVector.of(to), whole == 0 ? 0 : Math.sqrt(left / whole));
    }

    private static double[][] columns(float[] update, int at, int length, int rankSize) {
        double[][] columns = new double[update.length / rankSize][length];
        for (int k = 0; k < columns.length; k++) {
            for (int row = 0; row < length; row++) {
                columns[k][row] = update[k * rankSize + at + row];
            }
        }
        return columns;
    }

    /** X Y' of [p][r] and [q][r]. */
    private static double[][] product(double[][] x, double[][] y) {
        double[][] result = new double[x.length][y.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < y.length; j++) {
                double sum = 0;
                for (int k = 0; k < x[i].length; k++) {
                    sum += x[i][k] * y[j][k];
                }
                result[i][j] = sum;
            }
        }
        return result;
    }

    /** factor Q w, of the columns of Q and column k of w. */
    private static void write(double[][] q, double[][] w, int k, double factor, float[] to, int start) {
        int length = q.length == 0 ? 0 : q[0].length;
        double[] sum = new double[length];
        for (int c = 0; c < q.length; c++) {
            double weight = factor * w[c][k];
            for (int row = 0; row < length; row++) {
                sum[row] += weight * q[c][row];
            }
        }
        for (int row = 0; row < length; row++) {
            to[start + row] = (float) sum[row];
        }
    }

    private static double dot(float[] a, int from, float[] b, int other, int length) {
        double sum = 0;
        for (int k = 0; k < length; k++) {
            sum += (double) a[from + k] * b[other + k];
        }
        return sum;
    }
}
