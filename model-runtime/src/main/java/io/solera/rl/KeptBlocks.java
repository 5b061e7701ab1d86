package io.solera.rl;

import java.io.Serializable;
import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/**
 * A vector that is elsewhere, for a process whose tasks share this object: it is read as a whole once, and kept until
 * the process runs short of memory, which reads it again. It is sent without what was read.
 *
 * @param <T> a vector that can be sent
 */
public final class KeptBlocks<T extends Blocks & Serializable> implements Blocks, Serializable {
    private static final long serialVersionUID = 1;

    private final T elsewhere;
    private transient @Nullable SoftReference<BlockVector> kept;

    public KeptBlocks(T elsewhere) {
        this.elsewhere = elsewhere;
    }

    @Override
    public long size() {
        return elsewhere.size();
    }

    @Override
    public float[] block(int b) {
        return elsewhere.block(b);
    }

    @Override
    public synchronized BlockVector whole() {
        BlockVector whole = kept == null ? null : kept.get();
        if (whole == null) {
            whole = elsewhere.whole();
            kept = new SoftReference<>(whole);
        }
        return whole;
    }
}
