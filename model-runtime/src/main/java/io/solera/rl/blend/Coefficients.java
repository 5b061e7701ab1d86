package io.solera.rl.blend;

import io.solera.rl.BlockVector;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The alphas of the blend sum_i alpha_i u_i, in each section of the updates.
 *
 * @param alphas [section][update]
 */
public record Coefficients(Sections sections, double[][] alphas) implements Serializable {
    public Coefficients {
        if (alphas.length != sections.count()) {
            throw new IllegalArgumentException("Cannot blend: %d sections need as many lists of coefficients (%d)"
                    .formatted(sections.count(), alphas.length));
        }
        alphas = Arrays.stream(alphas).map(double[]::clone).toArray(double[][]::new);
    }

    /** The same alphas for all numbers of a vector. */
    public static Coefficients of(double... alphas) {
        return new Coefficients(Sections.WHOLE, new double[][] {alphas});
    }

    /** How many updates there are. */
    public int count() {
        return alphas[0].length;
    }

    /** Of all updates in one section. */
    public double[] in(int section) {
        return alphas[section];
    }

    /** Whether they take one update as it is. */
    public boolean isOne() {
        return count() == 1 && Arrays.stream(alphas).allMatch(alpha -> alpha[0] == 1);
    }

    /** Whether no section takes anything of an update. */
    public boolean leavesOut(int update) {
        return Arrays.stream(alphas).allMatch(alpha -> alpha[update] == 0);
    }

    /** The mean over sections of each update's alphas. */
    public double[] means() {
        return IntStream.range(0, count())
                .mapToDouble(i ->
                        Arrays.stream(alphas).mapToDouble(alpha -> alpha[i]).sum() / alphas.length)
                .toArray();
    }

    public Coefficients times(double factor) {
        return each(alpha -> Arrays.stream(alpha).map(value -> factor * value).toArray());
    }

    /** Of {@code parts} updates in place of each, whose mean it is. */
    public Coefficients ofMeans(int parts) {
        return each(alpha -> IntStream.range(0, alpha.length * parts)
                .mapToDouble(k -> alpha[k / parts] / parts)
                .toArray());
    }

    /** With further updates that are taken as they are. */
    public Coefficients withOnes(int more) {
        return each(alpha -> {
            double[] all = Arrays.copyOf(alpha, alpha.length + more);
            Arrays.fill(all, alpha.length, all.length, 1);
            return all;
        });
    }

    private Coefficients each(UnaryOperator<double[]> change) {
        return new Coefficients(sections, Arrays.stream(alphas).map(change).toArray(double[][]::new));
    }

    /**
     * The norm of the blend.
     *
     * @param grams by section
     */
    public double norm(List<GramMatrix> grams) {
        double squares = 0;
        for (int s = 0; s < alphas.length; s++) {
            squares += grams.get(s).squaredNorm(alphas[s]);
        }
        return Math.sqrt(squares);
    }

    /** The blend. */
    public BlockVector combine(List<BlockVector> updates) {
        List<float[]> blocks = new ArrayList<>();
        for (int b = 0; b < updates.get(0).blocks(); b++) {
            int block = b;
            blocks.add(combineBlock(
                    b, updates.stream().map(update -> update.block(block)).toList()));
        }
        return BlockVector.ofBlocks(blocks);
    }

    /** One block of {@link #combine}, each piece as {@link BlockVector#combineBlock} has it. */
    public float[] combineBlock(int b, List<float[]> updates) {
        float[] blend = new float[updates.get(0).length];
        for (Sections.Piece piece : sections.pieces(b, blend.length)) {
            BlockVector.combineBlock(alphas[piece.section()], updates, piece.from(), piece.to(), blend);
        }
        return blend;
    }
}
