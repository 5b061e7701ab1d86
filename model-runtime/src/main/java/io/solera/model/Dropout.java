package io.solera.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.solera.rl.RandomKey;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;

/**
 * Dropout (Srivastava et al., JMLR 2014): a mask that is 0 with probability p and 1 / (1 - p) otherwise. A number of
 * the mask depends only on its key, row and column. Row r and column c of [N, in] draw number d = r in + c, the upper
 * or, for odd d, the lower half of the key's bits d / 2; it drops when it is below p 2^32.
 */
final class Dropout {
    /** Numbers drawn at a time, 256 KiB: they are copied while they are in the processor's cache. */
    private static final int PART = 1 << 16;

    private final int kept; // the bits of 1 / (1 - p)
    private final long bound;
    private ByteBuffer buffer = ByteBuffer.allocateDirect(0); // PART numbers, or a whole row if it has more

    /** @param probability of 0, on [0, 1) */
    Dropout(double probability) {
        kept = Float.floatToIntBits((float) (1 / (1 - probability)));
        bound = Math.round(probability * 0x1p32);
    }

    /**
     * x [N, in] times the mask of a key. The mask is in PyTorch's own memory, because the backward pass reads it after
     * the scope it was made in has been closed.
     */
    NDArray of(NDArray x, RandomKey key) {
        return x.mul(
                mask(x.getManager(), x.getShape().get(0), (int) x.getShape().get(1), key));
    }

    NDArray mask(NDManager scope, long rows, int columns, RandomKey key) {
        NDArray mask = scope.create(new Shape(rows, columns));
        int atOnce = Math.max(1, PART / columns);
        for (long row = 0; row < rows; row += atOnce) {
            int some = (int) Math.min(atOnce, rows - row);
            ByteBuffer part = room(some * columns);
            draw(key, row * columns, part.asIntBuffer());
            try (NDArray drawn = scope.create(part, new Shape(some, columns), DataType.FLOAT32)) {
                Torch.write(drawn, mask, new long[] {row, 0}, new long[] {row + some, columns});
            }
        }
        return mask;
    }

    private ByteBuffer room(int numbers) {
        if (buffer.capacity() < Float.BYTES * numbers) {
            buffer = ByteBuffer.allocateDirect(Float.BYTES * Math.max(PART, numbers));
        }
        return buffer.limit(Float.BYTES * numbers).order(ByteOrder.nativeOrder());
    }

    private void draw(RandomKey key, long first, IntBuffer into) {
        long bits = key.bits(first >>> 1);
        for (int k = 0; k < into.limit(); k++) {
            long draw = first + k;
            if ((draw & 1) == 0) {
                bits = key.bits(draw >>> 1);
            }
            long half = (draw & 1) == 0 ? bits >>> 32 : bits & 0xFFFFFFFFL;
            // all ones if half >= bound: a branch would be mispredicted as often as a number is dropped
            into.put(k, kept & (int) ((bound - 1 - half) >> 63));
        }
    }
}
