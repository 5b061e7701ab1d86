package io.solera.rl;

import java.util.stream.IntStream;

/**
 * A long vector of floats in blocks of {@link BlockVector#BLOCK_SIZE}, the last one shorter, in memory or not: what is
 * computed of it a block at a time needs no more than some blocks. Blocks can be asked for by several threads.
 */
public interface Blocks {
    /** How many numbers there are. */
    long size();

    /** How many blocks there are. */
    default int blocks() {
        return (int) ((size() + BlockVector.BLOCK_SIZE - 1) / BlockVector.BLOCK_SIZE);
    }

    /** Block b; the caller leaves it as it is. */
    float[] block(int b);

    /** All of it, in memory; what is not there yet is read or computed, several blocks at a time. */
    default BlockVector whole() {
        return BlockVector.ofBlocks(
                IntStream.range(0, blocks()).parallel().mapToObj(this::block).toList());
    }
}
