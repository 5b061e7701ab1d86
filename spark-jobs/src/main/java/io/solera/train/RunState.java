package io.solera.train;

import io.solera.checkpoint.Policy;
import io.solera.checkpoint.StoredVector;
import io.solera.checkpoint.Trainable;
import io.solera.checkpoint.file.Folder;
import io.solera.config.OptimizerSettings;
import io.solera.config.TrainJob;
import io.solera.rl.Blocks;
import io.solera.rl.RandomKey;
import io.solera.store.CommittedRound;
import io.solera.store.RoundWriter;
import io.solera.train.history.PolicyFolder;
import io.solera.train.learner.DiversityMemory;
import io.solera.train.learner.KeptState;
import io.solera.train.learner.Learner;
import io.solera.train.learner.LearnerMemory;
import io.solera.train.learner.LearnerShape;
import io.solera.train.learner.ReplayMemory;
import io.solera.train.learner.StateFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run is between two rounds: the policy, what each learner keeps from one round to the next, and the outer
 * step's velocity.
 *
 * @param round the last one that is done
 */
record RunState(
        int round,
        Blocks rho,
        Map<String, KeptState> learners,
        @Nullable Blocks velocity) {
    private static final String STATE = "state";
    private static final String VELOCITY = "velocity.safetensors";
    private static final String SUFFIX = ".safetensors";

    static RunState initial(TrainJob job, List<Learner> learners, Policy reference, List<ReplayMemory.Entry> seeds) {
        Map<String, KeptState> states = new LinkedHashMap<>();
        int size = job.replay() == null ? 0 : job.replay().memorySize();
        for (Learner learner : learners) {
            LearnerMemory memory = new LearnerMemory(
                    DiversityMemory.EMPTY,
                    ReplayMemory.EMPTY.with(seeds, experience -> learner.score(experience.shaped()), size));
            states.put(
                    learner.name(),
                    KeptState.initial(
                            LearnerShape.of(learner, reference, job),
                            job,
                            reference.config().hiddenSize(),
                            RandomKey.of(job.seed()).with(learner.name()),
                            memory));
        }
        return new RunState(0, reference.initial(), states, null);
    }

    /** The state after a round, of which the learners that took part keep something else. */
    RunState after(int number, Trainable.Combined next, Map<String, KeptState> kept) {
        Map<String, KeptState> states = new LinkedHashMap<>(learners);
        states.putAll(kept);
        return new RunState(number, next.rho(), states, next.velocity());
    }

    /** The same with diversity filters that have met nothing. */
    RunState purged() {
        Map<String, KeptState> states = new LinkedHashMap<>();
        learners.forEach((name, state) -> states.put(name, state.purged()));
        return new RunState(round, rho, states, velocity);
    }

    KeptState kept(String name) {
        KeptState state = learners.get(name);
        if (state == null) {
            throw new IllegalArgumentException(
                    "Cannot find learner %s: there are %s".formatted(name, learners.keySet()));
        }
        return state;
    }

    /**
     * Writes {@code policy/}, the policy or what was added to it, and {@code state/}, what cannot be derived from it.
     *
     * @param model where the run started from, as the job names it
     */
    void write(RoundWriter writer, Policy shape, String model) throws IOException {
        shape.trainable().write(writer.folder(PolicyFolder.NAME), shape, rho, model);
        Folder folder = writer.folder(STATE);
        for (Map.Entry<String, KeptState> learner : learners.entrySet()) {
            try (OutputStream out = folder.create(learner.getKey() + SUFFIX)) {
                learner.getValue().write(out);
            }
        }
        if (velocity != null) {
            try (OutputStream out = folder.create(VELOCITY)) {
                new StateFile().vector("velocity", velocity).write(out);
            }
        }
    }

    /** The same after it was written: what is not in memory in {@code shape} is read from where it is now. */
    RunState stored(RoundWriter writer, Policy shape) throws IOException {
        return new RunState(
                round,
                shape.trainable().read(writer.folder(PolicyFolder.NAME), writer.files(PolicyFolder.NAME), shape),
                learners,
                velocity(writer.folder(STATE), writer.files(STATE), rho.size(), shape));
    }

    /** The state after a committed round. */
    static RunState read(CommittedRound round, TrainJob job, List<Learner> learners, Policy reference)
            throws IOException {
        Blocks rho =
                reference.trainable().read(round.folder(PolicyFolder.NAME), round.files(PolicyFolder.NAME), reference);
        boolean keepsMoments = job.optimizer().moments() == OptimizerSettings.Moments.KEEP;
        Folder folder = round.folder(STATE);
        Map<String, KeptState> states = new LinkedHashMap<>();
        for (Learner learner : learners) {
            String file = learner.name() + SUFFIX;
            try (InputStream in = folder.open(file)) {
                LearnerShape shape = LearnerShape.of(learner, reference, job);
                states.put(learner.name(), KeptState.read(in, shape, keepsMoments, folder.location() + "/" + file));
            }
        }
        Blocks velocity = velocity(folder, round.files(STATE), rho.size(), reference);
        return new RunState(round.round(), rho, states, velocity);
    }

    private static @Nullable Blocks velocity(Folder folder, StoredVector.Source source, long size, Policy shape)
            throws IOException {
        if (!folder.exists(VELOCITY)) {
            return null;
        }
        try (InputStream in = folder.open(VELOCITY)) {
            return shape.inMemory()
                    ? new StateFile.Wanted()
                            .vector("velocity", size)
                            .read(in, folder.location() + "/" + VELOCITY)
                            .vector("velocity")
                    : StoredVector.of(source, VELOCITY, in, "velocity", size);
        }
    }
}
