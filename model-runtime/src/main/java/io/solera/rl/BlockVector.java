package io.solera.rl;

import java.io.Externalizable;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A long vector of floats in blocks of {@link #BLOCK_SIZE}, the last one shorter: parameters, updates, gradients. Inner
 * products are sums in double precision, block by block in order, so that a cluster that owns the blocks gets the same
 * number. Blocks are shared, never copied out: whoever reads one leaves it as it is. Only whoever made a vector changes
 * it, such as an optimiser its parameters.
 */
public final class BlockVector implements Blocks, Serializable {

    /**
     * Floats in a block: 4 MiB with the array's header. G1 gives an array of more than half a region whole regions, so
     * a block a little longer than a power of two would take up to twice its size.
     */
    public static final int BLOCK_SIZE = (1 << 20) - 16;

    private static final long serialVersionUID = 1;
    /** Numbers that are serialised at a time: Java converts floats one by one. */
    private static final int CHUNK = 1 << 14;

    private final float[][] blocks;
    private final long size;

    private BlockVector(float[][] blocks, long size) {
        this.blocks = blocks;
        this.size = size;
    }

    /** A copy of the values. */
    public static BlockVector of(float... values) {
        float[][] blocks = new float[blockCount(values.length)][];
        for (int b = 0; b < blocks.length; b++) {
            blocks[b] =
                    Arrays.copyOfRange(values, b * BLOCK_SIZE, (int) Math.min(values.length, (b + 1L) * BLOCK_SIZE));
        }
        return new BlockVector(blocks, values.length);
    }

    /** The blocks themselves, which the caller gives away. All but the last must be full. */
    public static BlockVector ofBlocks(List<float[]> blocks) {
        long size = blocks.stream().mapToLong(block -> block.length).sum();
        for (int b = 0; b < blocks.size(); b++) {
            if (blocks.get(b).length != blockLength(size, b)) {
                throw new IllegalArgumentException("Cannot join blocks: block " + b + " of " + blocks.size() + " has "
                        + blocks.get(b).length + " floats (all but the last must have " + BLOCK_SIZE + ")");
            }
        }
        return new BlockVector(blocks.toArray(float[][]::new), size);
    }

    /** A copy of {@code size} numbers from {@code from} on. */
    public BlockVector range(long from, long size) {
        if (from < 0 || size < 0 || from > this.size - size) {
            throw new IllegalArgumentException(
                    "Invalid range: %d numbers from %d on (of %d)".formatted(size, from, this.size));
        }
        BlockVector range = zeros(size);
        for (int b = 0; b < range.blocks.length; b++) {
            float[] block = range.blocks[b];
            int copied = 0;
            while (copied < block.length) {
                long place = from + (long) b * BLOCK_SIZE + copied;
                float[] source = blocks[(int) (place / BLOCK_SIZE)];
                int start = (int) (place % BLOCK_SIZE);
                int count = Math.min(block.length - copied, source.length - start);
                System.arraycopy(source, start, block, copied, count);
                copied += count;
            }
        }
        return range;
    }

    /** A copy that shares nothing. */
    public BlockVector copy() {
        return range(0, size);
    }

    /** Copies the numbers from {@code from} on into {@code target}, as many as it has room for. */
    public void get(long from, FloatBuffer target) {
        for (long at = from; target.hasRemaining(); ) {
            float[] block = blocks[(int) (at / BLOCK_SIZE)];
            int start = (int) (at % BLOCK_SIZE);
            int count = Math.min(target.remaining(), block.length - start);
            target.put(block, start, count);
            at += count;
        }
    }

    /**
     * Replaces the numbers from {@code at} on by all of {@code source}; for whoever made this vector, until it is given
     * away.
     */
    public void put(long at, FloatBuffer source) {
        for (long place = at; source.hasRemaining(); ) {
            float[] block = blocks[(int) (place / BLOCK_SIZE)];
            int start = (int) (place % BLOCK_SIZE);
            int count = Math.min(source.remaining(), block.length - start);
            source.get(block, start, count);
            place += count;
        }
    }

    /** Adds a number to one of this vector's; for whoever made it, until it is given away. */
    public void add(long at, float value) {
        blocks[(int) (at / BLOCK_SIZE)][(int) (at % BLOCK_SIZE)] += value;
    }

    /**
     * Adds another vector to this one in place, number by number in float; for whoever made it, until it is given away.
     */
    public void add(BlockVector other) {
        requireSameSize(other);
        for (int b = 0; b < blocks.length; b++) {
            for (int k = 0; k < blocks[b].length; k++) {
                blocks[b][k] += other.blocks[b][k];
            }
        }
    }

    /** Multiplies all numbers in place, in float; for whoever made this vector, until it is given away. */
    public void scale(float factor) {
        for (float[] block : blocks) {
            for (int k = 0; factor != 1 && k < block.length; k++) {
                block[k] *= factor;
            }
        }
    }

    /** The number at a place. */
    public float at(long place) {
        return blocks[(int) (place / BLOCK_SIZE)][(int) (place % BLOCK_SIZE)];
    }

    public static BlockVector zeros(long size) {
        if (size < 0 || size > (long) Integer.MAX_VALUE * BLOCK_SIZE) {
            throw new IllegalArgumentException("Invalid size: " + size + " (must be 0 or more)");
        }
        float[][] blocks = new float[blockCount(size)][];
        for (int b = 0; b < blocks.length; b++) {
            blocks[b] = new float[blockLength(size, b)];
        }
        return new BlockVector(blocks, size);
    }

    /** sum_i alphas[i] vectors[i]; see {@link #combineBlock}. */
    public static BlockVector combine(double[] alphas, List<BlockVector> vectors) {
        if (vectors.isEmpty()) {
            throw new IllegalArgumentException("Cannot combine vectors: there are none (0)");
        }
        BlockVector first = vectors.get(0);
        vectors.forEach(first::requireSameSize);
        float[][] result = new float[first.blocks.length][];
        for (int b = 0; b < result.length; b++) {
            int block = b;
            result[b] = combineBlock(
                    alphas, vectors.stream().map(vector -> vector.blocks[block]).toList());
        }
        return new BlockVector(result, first.size);
    }

    /**
     * One block of {@link #combine}: the sum in double precision, in the order given, rounded once. Terms with
     * coefficient 0 are left out, and a single coefficient 1 copies its block, bit for bit.
     */
    public static float[] combineBlock(double[] alphas, List<float[]> blocks) {
        float[] result = new float[blocks.get(0).length];
        combineBlock(alphas, blocks, 0, result.length, result);
        return result;
    }

    /** The same of numbers {@code from .. to - 1} alone, which are written to a block. */
    public static void combineBlock(double[] alphas, List<float[]> blocks, int from, int to, float[] result) {
        if (alphas.length != blocks.size()) {
            throw new IllegalArgumentException("Cannot combine vectors: " + blocks.size() + " vectors need as many"
                    + " coefficients (" + alphas.length + ")");
        }
        int copied = oneHot(alphas);
        if (copied >= 0) {
            System.arraycopy(blocks.get(copied), from, result, from, to - from);
            return;
        }
        double[] sum = new double[to - from];
        for (int i = 0; i < alphas.length; i++) {
            if (alphas[i] != 0) {
                float[] block = blocks.get(i);
                for (int k = 0; k < sum.length; k++) {
                    sum[k] += alphas[i] * block[from + k];
                }
            }
        }
        for (int k = 0; k < sum.length; k++) {
            result[from + k] = (float) sum[k];
        }
    }

    /** The place of the 1 where all other coefficients are 0, else -1. */
    public static int oneHot(double[] alphas) {
        int place = -1;
        for (int i = 0; i < alphas.length; i++) {
            if (alphas[i] == 1 && place < 0) {
                place = i;
            } else if (alphas[i] != 0) {
                return -1;
            }
        }
        return place;
    }

    public BlockVector plus(BlockVector other) {
        return scaledPlus(1, other);
    }

    public BlockVector minus(BlockVector other) {
        return scaledPlus(-1, other);
    }

    /** One block of {@link #minus}. */
    public static float[] differenceBlock(float[] a, float[] b) {
        float[] result = new float[a.length];
        for (int k = 0; k < result.length; k++) {
            result[k] = (float) (a[k] + -1.0 * b[k]);
        }
        return result;
    }

    /** this + alpha other, in double precision, rounded once. */
    public BlockVector scaledPlus(double alpha, BlockVector other) {
        requireSameSize(other);
        float[][] result = new float[blocks.length][];
        for (int b = 0; b < blocks.length; b++) {
            result[b] = new float[blocks[b].length];
            for (int k = 0; k < result[b].length; k++) {
                result[b][k] = (float) (blocks[b][k] + alpha * other.blocks[b][k]);
            }
        }
        return new BlockVector(result, size);
    }

    public double dot(BlockVector other) {
        requireSameSize(other);
        double sum = 0;
        for (int b = 0; b < blocks.length; b++) {
            sum += dotBlock(blocks[b], other.blocks[b]);
        }
        return sum;
    }

    /** One block's part of {@link #dot}: four sums over every fourth element, for speed, added in a fixed order. */
    public static double dotBlock(float[] a, float[] b) {
        return dotBlock(a, b, 0, a.length);
    }

    /** The same of numbers {@code from .. to - 1} alone. */
    public static double dotBlock(float[] a, float[] b, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int k = from;
        for (; k + 3 < to; k += 4) {
            s0 += (double) a[k] * b[k];
            s1 += (double) a[k + 1] * b[k + 1];
            s2 += (double) a[k + 2] * b[k + 2];
            s3 += (double) a[k + 3] * b[k + 3];
        }
        for (; k < to; k++) {
            s0 += (double) a[k] * b[k];
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** The Euclidean norm. */
    public double norm() {
        return Math.sqrt(dot(this));
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int blocks() {
        return blocks.length;
    }

    /** Block b itself, not a copy. */
    @Override
    public float[] block(int b) {
        return blocks[b];
    }

    @Override
    public BlockVector whole() {
        return this;
    }

    public float[] toArray() {
        if (size > Integer.MAX_VALUE) {
            throw new IllegalStateException("Cannot join a vector in one array: it is too long (" + size + " floats)");
        }
        float[] values = new float[(int) size];
        for (int b = 0; b < blocks.length; b++) {
            System.arraycopy(blocks[b], 0, values, b * BLOCK_SIZE, blocks[b].length);
        }
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BlockVector vector && Arrays.deepEquals(blocks, vector.blocks);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(blocks);
    }

    @Override
    public String toString() {
        return "BlockVector[" + size + " floats]";
    }

    private Object writeReplace() {
        return new Bytes(this);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("Cannot read a vector: it must be in the form that writeReplace gives it");
    }

    /** What a vector is serialised as: its numbers as bytes, copied many at a time. */
    static final class Bytes implements Externalizable {
        private static final long serialVersionUID = 1;

        private @Nullable BlockVector vector;

        /** For Java's serialisation. */
        public Bytes() {}

        private Bytes(BlockVector vector) {
            this.vector = vector;
        }

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            BlockVector written = Objects.requireNonNull(vector);
            out.writeLong(written.size);
            byte[] bytes = new byte[Float.BYTES * CHUNK];
            FloatBuffer numbers = numbers(bytes);
            for (float[] block : written.blocks) {
                for (int start = 0; start < block.length; start += CHUNK) {
                    int count = Math.min(CHUNK, block.length - start);
                    numbers.clear().put(block, start, count);
                    out.write(bytes, 0, Float.BYTES * count);
                }
            }
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException {
            BlockVector read = zeros(in.readLong());
            byte[] bytes = new byte[Float.BYTES * CHUNK];
            FloatBuffer numbers = numbers(bytes);
            for (float[] block : read.blocks) {
                for (int start = 0; start < block.length; start += CHUNK) {
                    int count = Math.min(CHUNK, block.length - start);
                    in.readFully(bytes, 0, Float.BYTES * count);
                    numbers.clear().get(block, start, count);
                }
            }
            vector = read;
        }

        /** In the order that processors have, so that numbers are copied as they are. */
        private static FloatBuffer numbers(byte[] bytes) {
            return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        }

        private Object readResolve() {
            return Objects.requireNonNull(vector);
        }
    }

    private void requireSameSize(BlockVector other) {
        if (size != other.size) {
            throw new IllegalArgumentException(
                    "Cannot combine vectors: their sizes differ (" + size + " and " + other.size + ")");
        }
    }

    private static int blockCount(long size) {
        return (int) ((size + BLOCK_SIZE - 1) / BLOCK_SIZE);
    }

    private static int blockLength(long size, int block) {
        return (int) Math.min(BLOCK_SIZE, size - (long) block * BLOCK_SIZE);
    }
}
