package io.solera.train.learner;

import io.solera.checkpoint.Safetensors;
import io.solera.rl.BlockVector;
import io.solera.rl.Blocks;
import io.solera.store.WorkFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A vector that stays in a file, and of which a block at a time is read.
 *
 * @param position of its first number in the file, in bytes; the others follow
 */
record StoredVector(WorkFolder work, String object, long position, long size) implements Blocks {
    /** What a learner trains, in the object of its state. */
    static StoredVector theta(WorkFolder work, String object, long size) throws IOException {
        try (InputStream in = work.open(object)) {
            return new StoredVector(work, object, Safetensors.position(in, StateFile.THETA, object), size);
        }
    }

    @Override
    public float[] block(int b) {
        long first = (long) b * BlockVector.BLOCK_SIZE;
        float[] block = new float[(int) Math.min(BlockVector.BLOCK_SIZE, size - first)];
        byte[] bytes = new byte[Float.BYTES * block.length];
        try {
            work.read(object, position + Float.BYTES * first, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read %s: %s".formatted(object, e.getMessage()), e);
        }
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(block);
        return block;
    }
}
