package io.solera.train.learner;

import io.solera.config.TrainJob;
import io.solera.rl.AdamW;
import io.solera.rl.BlockVector;
import io.solera.rl.Critic;
import io.solera.rl.RandomKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a learner keeps from one round to the next: its critics and its memory. What it trains starts anew from rho, and
 * so do the optimiser's moments unless the job keeps them.
 *
 * @param moments of the optimiser; null: fresh ones
 */
public record KeptState(AdamW.@Nullable State moments, Map<String, Critic.State> critics, LearnerMemory memory) {
    private static final String CRITIC = "critic.";
    private static final String MEMORY = "memory";

    /** A learner at the start of a run. */
    public static KeptState initial(
            LearnerShape shape, TrainJob job, int hiddenSize, RandomKey key, LearnerMemory memory) {
        Map<String, Critic.State> critics = new LinkedHashMap<>();
        for (String name : shape.critics()) {
            critics.put(
                    name,
                    Critic.State.initial(
                            job.algorithm().critic().critic(),
                            hiddenSize,
                            key.with("critic").with(name)));
        }
        return new KeptState(null, critics, memory);
    }

    /** The same with a diversity filter that has met nothing. */
    public KeptState purged() {
        return new KeptState(moments, critics, memory.purged());
    }

    /** The learner at the start of a round, where it is at theta. */
    public LearnerState at(BlockVector theta) {
        return new LearnerState(theta, moments == null ? AdamW.State.fresh(theta.size()) : moments, critics, memory);
    }

    public void write(OutputStream out) throws IOException {
        StateFile file = new StateFile();
        if (moments != null) {
            file.with(StateFile.POLICY, moments);
        }
        addTo(file);
        file.write(out);
    }

    void addTo(StateFile file) {
        critics.forEach(
                (name, critic) -> file.with(CRITIC + name, critic.parameters()).with(CRITIC + name, critic.moments()));
        if (!memory.isEmpty()) {
            file.with(MEMORY, memory.text());
        }
    }

    /** @param withMoments whether the optimiser's moments are read, where the file has some */
    public static KeptState read(InputStream in, LearnerShape shape, boolean withMoments, String location)
            throws IOException {
        StateFile.Wanted wanted = new StateFile.Wanted();
        if (withMoments) {
            wanted.momentsIfAny(StateFile.POLICY, shape.trained());
        }
        StateFile file = wanted(wanted, shape).read(in, location);
        return of(file, file.hasMoments(StateFile.POLICY) ? file.moments(StateFile.POLICY) : null, shape, location);
    }

    /** Asks for critics too. */
    static StateFile.Wanted wanted(StateFile.Wanted wanted, LearnerShape shape) {
        for (String name : shape.critics()) {
            wanted.parameters(CRITIC + name, shape.critic()).moments(CRITIC + name, shape.critic());
        }
        return wanted;
    }

    static KeptState of(StateFile file, AdamW.@Nullable State moments, LearnerShape shape, String location)
            throws IOException {
        Map<String, Critic.State> critics = new LinkedHashMap<>();
        for (String name : shape.critics()) {
            critics.put(name, new Critic.State(file.parameters(CRITIC + name), file.moments(CRITIC + name)));
        }
        return new KeptState(moments, critics, LearnerMemory.read(file.word(MEMORY), location));
    }
}
