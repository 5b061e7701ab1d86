package io.solera.train.learner;

import io.solera.rl.AdamW;
import io.solera.rl.BlockVector;
import io.solera.rl.Critic;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** All that a learner's next step depends on: what it trains, the optimiser's moments, its critics, and its memory. */
public record LearnerState(
        BlockVector theta, AdamW.State moments, Map<String, Critic.State> critics, LearnerMemory memory) {
    /** @param withMoments whether the next step needs them */
    public void write(OutputStream out, boolean withMoments) throws IOException {
        StateFile file = new StateFile().with(StateFile.POLICY, theta);
        if (withMoments) {
            file.with(StateFile.POLICY, moments);
        }
        new KeptState(null, critics, memory).addTo(file);
        file.write(out);
    }

    /** What a learner at the end of a round keeps for the next one. */
    public KeptState kept(boolean withMoments) {
        return new KeptState(withMoments ? moments : null, critics, memory);
    }

    /** The same, whose moments a step may change. */
    public LearnerState withOwnMoments() {
        return new LearnerState(theta, moments.copy(), critics, memory);
    }

    static LearnerState read(InputStream in, LearnerShape shape, String location) throws IOException {
        StateFile.Wanted wanted = new StateFile.Wanted()
                .parameters(StateFile.POLICY, shape.trained())
                .moments(StateFile.POLICY, shape.trained());
        StateFile file = KeptState.wanted(wanted, shape).read(in, location);
        KeptState kept = KeptState.of(file, null, shape, location);
        return new LearnerState(
                file.parameters(StateFile.POLICY), file.moments(StateFile.POLICY), kept.critics(), kept.memory());
    }
}
