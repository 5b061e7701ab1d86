package io.solera.train.learner;

import io.solera.checkpoint.Policy;
import io.solera.config.AlgorithmSettings;
import io.solera.rl.AdamW;
import io.solera.rl.BlockVector;
import io.solera.rl.Critic;
import io.solera.rl.Mlp;
import io.solera.rl.RandomKey;
import io.solera.store.DamagedRunException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** All that a learner's next step depends on: what it trains, the optimiser's moments, its critics, and its memory. */
public record LearnerState(
        BlockVector theta, AdamW.State optimizer, Map<String, Critic.State> critics, LearnerMemory memory) {
    private static final String POLICY = "policy";
    private static final String CRITIC = "critic.";
    private static final String MEMORY = "memory";

    /** A learner at the start of a run. */
    public static LearnerState initial(
            Learner learner, BlockVector rho, AlgorithmSettings algorithm, int width, RandomKey key) {
        Map<String, Critic.State> critics = new LinkedHashMap<>();
        if (algorithm.name() == AlgorithmSettings.Name.PPO) {
            for (Learner.Objective objective : learner.objectives()) {
                critics.put(
                        objective.name(),
                        Critic.State.initial(
                                algorithm.critic().critic(),
                                width,
                                key.with("critic").with(objective.name())));
            }
        }
        return new LearnerState(rho, AdamW.State.fresh(rho.size()), critics, LearnerMemory.EMPTY);
    }

    public LearnerState with(LearnerMemory other) {
        return new LearnerState(theta, optimizer, critics, other);
    }

    /** The learner at the start of a round: at rho, with fresh or kept moments; critics and memory are kept. */
    public LearnerState from(BlockVector rho, boolean keepMoments) {
        return new LearnerState(rho, keepMoments ? optimizer : AdamW.State.fresh(rho.size()), critics, memory);
    }

    public void write(OutputStream out) throws IOException {
        StateFile file = StateFile.of(POLICY, theta, optimizer);
        critics.forEach((name, critic) -> file.with(CRITIC + name, critic.parameters(), critic.moments()));
        if (!memory.isEmpty()) {
            file.with(MEMORY, memory.text());
        }
        StateFile.write(out, file);
    }

    public static LearnerState read(
            InputStream in, Learner learner, Policy shape, AlgorithmSettings algorithm, String location)
            throws IOException {
        Map<String, Long> sizes = StateFile.sizes(POLICY, shape.trainedSize());
        boolean hasCritics = algorithm.name() == AlgorithmSettings.Name.PPO;
        long criticSize =
                new Mlp(shape.config().hiddenSize(), algorithm.critic().hiddenLayers()).size();
        if (hasCritics) {
            learner.objectives().forEach(objective -> sizes.put(CRITIC + objective.name(), criticSize));
        }
        StateFile file = StateFile.read(in, sizes, location);
        Map<String, Critic.State> critics = new LinkedHashMap<>();
        if (hasCritics) {
            for (Learner.Objective objective : learner.objectives()) {
                String name = CRITIC + objective.name();
                critics.put(objective.name(), new Critic.State(file.parameters(name), file.optimizer(name)));
            }
        }
        LearnerMemory memory = DamagedRunException.reading(
                location, () -> file.word(MEMORY).map(LearnerMemory::of).orElse(LearnerMemory.EMPTY));
        return new LearnerState(file.parameters(POLICY), file.optimizer(POLICY), critics, memory);
    }
}
