package io.solera.rl.blend;

import io.solera.problem.DataException;
import io.solera.rl.BlockVector;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * The inner products G[i][j] = (u_i, u_j) of updates: all that a {@link BlendRule} needs to know of them. It is a sum
 * over blocks, so each block's part can be computed where the block is stored; with the parts added in order it equals
 * {@link BlockVector#dot} bit for bit.
 */
public record GramMatrix(double[][] values) implements Serializable {
    public GramMatrix {
        values = copy(values);
        for (double[] row : values) {
            if (row.length != values.length) {
                throw new IllegalArgumentException("Cannot make a Gram matrix: a row has %d values (must be %d)"
                        .formatted(row.length, values.length));
            }
        }
    }

    public static GramMatrix of(List<BlockVector> updates) {
        double[][] sum = new double[updates.size()][updates.size()];
        for (int i = 0; i < sum.length; i++) {
            for (int j = 0; j <= i; j++) {
                sum[i][j] = updates.get(i).dot(updates.get(j));
                sum[j][i] = sum[i][j];
            }
        }
        return new GramMatrix(sum);
    }

    /** The part for one block, given that block of every update. */
    public static GramMatrix ofBlock(List<float[]> blocks) {
        return ofBlock(blocks, 0, blocks.get(0).length);
    }

    /** The same of numbers {@code from .. to - 1} of the block alone. */
    public static GramMatrix ofBlock(List<float[]> blocks, int from, int to) {
        double[][] part = new double[blocks.size()][blocks.size()];
        for (int i = 0; i < part.length; i++) {
            for (int j = 0; j <= i; j++) {
                part[i][j] = BlockVector.dotBlock(blocks.get(i), blocks.get(j), from, to);
                part[j][i] = part[i][j];
            }
        }
        return new GramMatrix(part);
    }

    /** The sum of the parts of all blocks, added in the order given. */
    public static GramMatrix sum(List<GramMatrix> parts) {
        double[][] sum = new double[parts.get(0).size()][parts.get(0).size()];
        for (GramMatrix part : parts) {
            for (int i = 0; i < sum.length; i++) {
                for (int j = 0; j < sum.length; j++) {
                    sum[i][j] += part.values[i][j];
                }
            }
        }
        return new GramMatrix(sum);
    }

    /** The products of the first {@code count} updates. */
    public GramMatrix first(int count) {
        double[][] products = new double[count][];
        for (int i = 0; i < count; i++) {
            products[i] = Arrays.copyOf(values[i], count);
        }
        return new GramMatrix(products);
    }

    /** The products of the means of every {@code count} updates, one after the other. */
    public GramMatrix ofMeans(int count) {
        if (count == 1) {
            return this;
        }
        int means = size() / count;
        double[][] products = new double[means][means];
        for (int i = 0; i < means * count; i++) {
            for (int j = 0; j < means * count; j++) {
                products[i / count][j / count] += values[i][j] / ((double) count * count);
            }
        }
        return new GramMatrix(products);
    }

    public int size() {
        return values.length;
    }

    public double value(int i, int j) {
        return values[i][j];
    }

    /** @throws DataException for a product that is not a number, or not finite */
    void requireFinite() {
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < values.length; j++) {
                if (!Double.isFinite(values[i][j])) {
                    throw new DataException(("Cannot blend: the inner product of updates %d and %d is %s (must be"
                                    + " finite: training has diverged, so lower optimizer.learning-rate)")
                            .formatted(i + 1, j + 1, values[i][j]));
                }
            }
        }
    }

    /** All products times a factor, for updates that are longer. */
    public GramMatrix scaled(double factor) {
        double[][] scaled = copy(values);
        for (double[] row : scaled) {
            for (int j = 0; j < row.length; j++) {
                row[j] *= factor;
            }
        }
        return new GramMatrix(scaled);
    }

    /** A copy. */
    @Override
    public double[][] values() {
        return copy(values);
    }

    /** The norms of the updates: how far each expert drifted. */
    public double[] norms() {
        double[] norms = new double[size()];
        for (int i = 0; i < norms.length; i++) {
            norms[i] = Math.sqrt(values[i][i]);
        }
        return norms;
    }

    /** Cosines between the updates: below 0 they conflict; 0 if an update is 0. */
    public double[][] cosines() {
        double[] norms = norms();
        double[][] cosines = new double[size()][size()];
        for (int i = 0; i < norms.length; i++) {
            for (int j = 0; j < norms.length; j++) {
                double product = norms[i] * norms[j];
                cosines[i][j] = product == 0 ? 0 : i == j ? 1 : values[i][j] / product;
            }
        }
        return cosines;
    }

    /** The lowest cosine between two of the updates; 1 where there is one. */
    public double lowestCosine() {
        return Arrays.stream(cosines()).flatMapToDouble(Arrays::stream).reduce(1, Math::min);
    }

    /** The squared norm of sum_i alphas[i] u_i. */
    public double squaredNorm(double[] alphas) {
        double sum = 0;
        for (int i = 0; i < alphas.length; i++) {
            for (int j = 0; j < alphas.length; j++) {
                sum += alphas[i] * alphas[j] * values[i][j];
            }
        }
        return sum;
    }

    private static double[][] copy(double[][] values) {
        double[][] copy = new double[values.length][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = values[i].clone();
        }
        return copy;
    }
}
