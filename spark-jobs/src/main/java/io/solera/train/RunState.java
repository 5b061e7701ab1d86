package io.solera.train;

import io.solera.checkpoint.AdapterFolder;
import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.ParameterLayout;
import io.solera.checkpoint.Policy;
import io.solera.checkpoint.Safetensors;
import io.solera.checkpoint.file.Folder;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.config.TrainJob;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import io.solera.store.CommittedRound;
import io.solera.store.RoundWriter;
import io.solera.store.RunFolder;
import io.solera.train.history.PolicyFolder;
import io.solera.train.learner.DiversityMemory;
import io.solera.train.learner.Learner;
import io.solera.train.learner.LearnerMemory;
import io.solera.train.learner.LearnerState;
import io.solera.train.learner.ReplayMemory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a run stands between two rounds: the policy, what each learner keeps from one round to the next, and the outer step's
 * velocity.
 *
 * @param round the last one that is done
 */
public record RunState(
        int round,
        BlockVector rho,
        Map<String, LearnerState> learners,
        @Nullable BlockVector velocity) {
    private static final String VELOCITY = "velocity.safetensors";
    /** The file of round 0 that holds the SHA-256 of the weights that the run started from. */
    public static final String REFERENCE = "reference.sha256";

    private static final String SUFFIX = ".safetensors";

    static RunState initial(TrainJob job, List<Learner> learners, Policy reference, List<ReplayMemory.Entry> seeds) {
        Map<String, LearnerState> states = new LinkedHashMap<>();
        for (Learner learner : learners) {
            LearnerState state = LearnerState.initial(
                    learner,
                    untrained(reference, reference.parameters()),
                    job.algorithm(),
                    reference.config().width(),
                    RandomKey.of(job.seed()).with(learner.name()));
            int size = job.replay() == null ? 0 : job.replay().memorySize();
            states.put(
                    learner.name(),
                    state.with(new LearnerMemory(
                            DiversityMemory.EMPTY,
                            ReplayMemory.EMPTY.with(seeds, experience -> learner.score(experience.shaped()), size))));
        }
        return new RunState(0, reference.start(), states, null);
    }

    RunState at(int next) {
        return new RunState(next, rho, learners, velocity);
    }

    RunState with(BlockVector policy, @Nullable BlockVector momentum) {
        return new RunState(round, policy, learners, momentum);
    }

    RunState with(String learner, LearnerState state) {
        Map<String, LearnerState> states = new LinkedHashMap<>(learners);
        states.put(learner, state);
        return new RunState(round, rho, states, velocity);
    }

    /** The same with diversity filters that have met nothing. */
    RunState purged() {
        Map<String, LearnerState> states = new LinkedHashMap<>();
        learners.forEach(
                (name, state) -> states.put(name, state.with(state.memory().purged())));
        return new RunState(round, rho, states, velocity);
    }

    LearnerState learner(String name) {
        LearnerState state = learners.get(name);
        if (state == null) {
            throw new IllegalArgumentException(
                    "Cannot find learner %s: there are %s".formatted(name, learners.keySet()));
        }
        return state;
    }

    /**
     * Writes {@code policy/}, the policy or what was added to it, and {@code state/}; moments that the next round does not need are written as 0.
     *
     * @param model where the run started from, as the job names it
     */
    void write(RoundWriter writer, Policy shape, String model, boolean keepMoments) throws IOException {
        PolicyFolder.write(writer, shape, rho, model);
        Folder folder = writer.folder("state");
        for (Map.Entry<String, LearnerState> learner : learners.entrySet()) {
            LearnerState state = learner.getValue().from(untrained(shape, rho), keepMoments);
            try (OutputStream out = folder.create(learner.getKey() + SUFFIX)) {
                state.write(out);
            }
        }
        if (velocity != null) {
            try (OutputStream out = folder.create(VELOCITY)) {
                Safetensors.write(out, velocityLayout(velocity.size()), velocity);
            }
        }
    }

    /**
     * Where a run stands after its last round.
     *
     * @throws MalformedModelException when the reference is not the policy that the run started from
     */
    static RunState resumed(
            RunFolder folder, CommittedRound last, TrainJob job, List<Learner> learners, Policy reference)
            throws IOException {
        requireReference(folder, reference, job.model());
        return read(last, job, learners, reference);
    }

    /** @throws MalformedModelException when {@code reference}, the job's {@code model}, is not what the run started from */
    public static void requireReference(RunFolder folder, Policy reference, String model) throws IOException {
        if (!folder.round(0).read(REFERENCE).strip().equals(sha256(reference))) {
            throw new MalformedModelException(
                    "Cannot resume %s: model %s is not the policy that the run started from (put that one back, or use another --run-dir)"
                            .formatted(folder.location(), model));
        }
    }

    private static BlockVector policy(CommittedRound round, Policy reference) throws IOException {
        Folder folder = round.folder(PolicyFolder.NAME);
        if (reference.lora() == null) {
            return ModelFolder.weights(folder, reference.config());
        }
        BlockVector factors = AdapterFolder.read(folder, reference.config()).factors();
        // an adapter that adds nothing is written as one of zeros
        return factors.norm() == 0 ? reference.start() : factors;
    }

    /** What a learner keeps between rounds, where its next one begins with a fresh adapter. */
    private static BlockVector untrained(Policy shape, BlockVector rho) {
        return shape.lora() == null ? rho : BlockVector.zeros(shape.trainedSize());
    }

    private static RunState read(CommittedRound round, TrainJob job, List<Learner> learners, Policy reference)
            throws IOException {
        BlockVector rho = policy(round, reference);
        Folder folder = round.folder("state");
        Map<String, LearnerState> states = new LinkedHashMap<>();
        for (Learner learner : learners) {
            String file = learner.name() + SUFFIX;
            try (InputStream in = folder.open(file)) {
                states.put(
                        learner.name(),
                        LearnerState.read(in, learner, reference, job.algorithm(), folder.location() + "/" + file));
            }
        }
        BlockVector velocity = null;
        if (folder.exists(VELOCITY)) {
            try (InputStream in = folder.open(VELOCITY)) {
                velocity = Safetensors.read(in, velocityLayout(rho.size()), folder.location() + "/" + VELOCITY);
            }
        }
        return new RunState(round.round(), rho, states, velocity);
    }

    /** The SHA-256 of the weights file of a policy. */
    public static String sha256(Policy policy) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
                Safetensors.write(out, policy.config().layout(), policy.parameters());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot hash a policy: this JVM has no SHA-256", e);
        }
    }

    private static ParameterLayout velocityLayout(long size) {
        return new ParameterLayout.Builder()
                .add("velocity", Math.toIntExact(size))
                .build();
    }
}
