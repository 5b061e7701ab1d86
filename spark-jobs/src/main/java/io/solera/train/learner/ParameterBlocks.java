package io.solera.train.learner;

import io.solera.checkpoint.Trainable;
import io.solera.rl.AdamW;
import io.solera.rl.BlockVector;
import io.solera.rl.Blocks;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What a learner trains in a round, and the optimiser's moments, as an object for each block in the round's work
 * folder: {@code <learner>/theta/<version>/<block>} and {@code <learner>/moments/<version>/<block>}. A version is the
 * number of a step, or of a minibatch within one; version 0 is where the round starts, and is not stored.
 */
public record ParameterBlocks(ParameterStore store, String learner) implements Serializable {
    private static final String START = "0";

    /** The version before minibatch {@code minibatch} of a step, or after the last one. */
    public static String version(int step, int minibatch, int minibatches) {
        return minibatch == 0 ? "" + step : minibatch == minibatches ? "" + (step + 1) : step + "." + minibatch;
    }

    /** How many blocks there are. */
    public int count() {
        return stored(START).blocks();
    }

    /** What a network holds at a version; nobody changes it. */
    public BlockVector composed(String version) throws IOException {
        return store.once(learner + "/" + version, () -> {
            Trainable trainable = store.policy().value().trainable();
            return trainable.compose(
                    store.fixed(),
                    version.equals(START) ? start() : stored(version).whole());
        });
    }

    private BlockVector start() throws IOException {
        return store.theta(learner, 0);
    }

    /** theta at a version, of which a block at a time is read. */
    public Blocks stored(String version) {
        return new Stored(this, version);
    }

    private record Stored(ParameterBlocks of, String version) implements Blocks, Serializable {
        @Override
        public long size() {
            return of.store.policy().value().trainedSize();
        }

        @Override
        public float[] block(int b) {
            try {
                return of.theta(version, b).block(0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private BlockVector theta(String version, int b) throws IOException {
        if (version.equals(START)) {
            return BlockVector.ofBlocks(List.<float[]>of(start().block(b)));
        }
        String object = object("theta", version, b);
        try (InputStream in = store.work().open(object)) {
            return new StateFile.Wanted()
                    .parameters(StateFile.POLICY, length(b))
                    .read(in, object)
                    .parameters(StateFile.POLICY);
        }
    }

    private AdamW.State moments(String version, int b) throws IOException {
        if (version.equals(START)) {
            return AdamW.State.fresh(length(b));
        }
        String object = object("moments", version, b);
        try (InputStream in = store.work().open(object)) {
            return new StateFile.Wanted()
                    .moments(StateFile.POLICY, length(b))
                    .read(in, object)
                    .moments(StateFile.POLICY);
        }
    }

    private int length(int b) {
        long before = (long) b * BlockVector.BLOCK_SIZE;
        return (int) Math.min(BlockVector.BLOCK_SIZE, store.policy().value().trainedSize() - before);
    }

    /** A step of the optimiser on one block, from a version to the next. */
    public void step(int b, String from, String to, AdamW.Settings settings, BlockVector gradient, double learningRate)
            throws IOException {
        BlockVector theta = theta(from, b).copy();
        AdamW adam = new AdamW(settings, moments(from, b));
        adam.step(theta, gradient, learningRate);
        store.work()
                .writeOnce(
                        object("moments", to, b),
                        out -> new StateFile()
                                .with(StateFile.POLICY, adam.state())
                                .write(out));
        store.work()
                .writeOnce(
                        object("theta", to, b),
                        out -> new StateFile().with(StateFile.POLICY, theta).write(out));
    }

    /** Deletes the moments of a version, and its parameters unless a step began with them. */
    public void forget(String version, boolean theta) throws IOException {
        if (!version.equals(START)) {
            store.work().delete(learner + "/moments/" + version);
            if (theta) {
                store.work().delete(learner + "/theta/" + version);
            }
        }
    }

    private String object(String what, String version, int b) {
        return learner + "/" + what + "/" + version + "/" + b;
    }
}
