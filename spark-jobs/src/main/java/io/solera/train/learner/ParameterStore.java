package io.solera.train.learner;

import io.solera.checkpoint.Policy;
import io.solera.checkpoint.StoredVector;
import io.solera.checkpoint.Trainable;
import io.solera.rl.BlockVector;
import io.solera.rl.Blocks;
import io.solera.rl.RandomKey;
import io.solera.store.WorkFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/**
 * Where the parameters of a round are, for its tasks: rho is sent to each executor once, or read there, and each
 * learner's state after each step is an immutable object of the round's work folder. Reads are of one vector where one
 * is asked for, and once per executor: the micro-batches of a learner in a step get the same object, so that a network
 * that holds it already is not filled again.
 *
 * @param policy of the shape of all of them
 * @param start key of what learners start from
 */
public record ParameterStore(WorkFolder work, Broadcast<Policy> policy, Broadcast<Blocks> rho, RandomKey start)
        implements Serializable {
    /** A vector of a round that this process has read. */
    private record Key(String work, String name) {}

    /** Those that were used last, while there is memory for them. */
    private static final Map<Key, SoftReference<BlockVector>> READ = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;
        private final int most = Math.max(2, Runtime.getRuntime().availableProcessors());

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, SoftReference<BlockVector>> eldest) {
            return size() > most;
        }
    };

    /** Reads a vector that this process does not have yet. */
    interface Reading {
        BlockVector read() throws IOException;
    }

    /** What learner {@code name} keeps from the round before. */
    public void write(String name, KeptState kept) throws IOException {
        work.writeOnce(object(name, 0), kept::write);
    }

    /** @param withMoments whether whoever reads it needs them */
    public void write(String name, int step, LearnerState state, boolean withMoments) throws IOException {
        work.writeOnce(object(name, step), out -> state.write(out, withMoments));
    }

    /** theta_i of a learner whose state is elsewhere. */
    public void writeTheta(String name, int step, BlockVector theta) throws IOException {
        work.writeOnce(
                object(name, step),
                out -> new StateFile().with(StateFile.POLICY, theta).write(out));
    }

    /** What a network holds to draw a learner's samples in a step; nobody changes it. */
    public BlockVector composed(String name, int step) throws IOException {
        // before the first step all learners are at the same place
        return once(step == 0 ? "start" : object(name, step), () -> trainable().compose(fixed(), theta(name, step)));
    }

    /** theta_i after a step; nobody changes it. */
    public BlockVector theta(String name, int step) throws IOException {
        if (step == 0) {
            return trainable().start(rho.value().whole(), start);
        }
        String object = object(name, step);
        try (InputStream in = work.open(object)) {
            return new StateFile.Wanted()
                    .parameters(StateFile.POLICY, policy.value().trainedSize())
                    .read(in, object)
                    .parameters(StateFile.POLICY);
        }
    }

    /** theta_i after a step, which stays in the work folder. */
    public Blocks stored(String name, int step) throws IOException {
        String object = object(name, step);
        try (InputStream in = work.open(object)) {
            return StoredVector.of(
                    work, object, in, StateFile.THETA, policy.value().trainedSize());
        }
    }

    /** What of rho stays as it is in the round. */
    public BlockVector fixed() {
        return trainable().fixed(rho.value().whole());
    }

    /** All that a learner's next step depends on, after a step. */
    public LearnerState state(String name, int step, LearnerShape shape, boolean keepsMoments) throws IOException {
        String object = object(name, step);
        try (InputStream in = work.open(object)) {
            return step == 0
                    ? KeptState.read(in, shape, keepsMoments, object).at(theta(name, 0))
                    : LearnerState.read(in, shape, object);
        }
    }

    /** What a learner keeps after a step, for the round to come. */
    public KeptState kept(String name, int step, LearnerShape shape, boolean keepsMoments) throws IOException {
        String object = object(name, step);
        try (InputStream in = work.open(object)) {
            return KeptState.read(in, shape, keepsMoments, object);
        }
    }

    /** A vector that this process may have read already. */
    BlockVector once(String name, Reading reading) throws IOException {
        Key key = new Key(work.toString(), name);
        synchronized (READ) {
            READ.keySet().removeIf(other -> !other.work.equals(key.work));
            SoftReference<BlockVector> known = READ.get(key);
            @Nullable BlockVector vector = known == null ? null : known.get();
            if (vector == null) {
                vector = reading.read();
                READ.put(key, new SoftReference<>(vector));
            }
            return vector;
        }
    }

    private Trainable trainable() {
        return policy.value().trainable();
    }

    private static String object(String name, int step) {
        return name + "/" + step;
    }
}
