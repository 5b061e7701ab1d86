package io.solera.train.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.solera.checkpoint.Policy;
import io.solera.config.TrainJob;
import io.solera.meter.Work;
import io.solera.model.Likelihood;
import io.solera.model.NetworkPool;
import io.solera.model.Sequence;
import io.solera.rl.AdamW;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import io.solera.train.TinyRun;
import io.solera.train.learner.Learner;
import io.solera.train.learner.LearnerMemory;
import io.solera.train.learner.LearnerState;
import io.solera.train.learner.TrainingBatch;
import io.solera.train.rollout.Experience;
import io.solera.train.rollout.TaskDevice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which passes a step takes: 20 samples in parts of 8, two minibatches. */
class TestPolicyUpdate {
    private static final int SAMPLES = 20;
    private static final Policy POLICY = TinyRun.policy();
    private static final BlockVector THETA = POLICY.initial().whole();

    private static TrainJob job(String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "algorithm={name: rloo, epochs: 1, minibatches: 2}",
                "update-batch=8",
                "optimizer.learning-rate=0.01",
                "optimizer.epsilon=1", // else a step is as long where a gradient is only rounding
                "optimizer.decay=constant"));
        all.addAll(List.of(settings));
        return TrainJob.read(TinyRun.job(""), all);
    }

    private static List<Experience> experiences() {
        List<Experience> experiences = new ArrayList<>();
        for (int b = 0; b < SAMPLES; b++) {
            RandomKey key = RandomKey.of(6).with(b);
            int[] tokens = IntStream.range(0, 1 + key.index(99, 9))
                    .map(t -> 2 + key.index(t, 4))
                    .toArray();
            Sequence sequence = new Sequence(POLICY.tokenizer().special().bosPrompt(), tokens);
            experiences.add(new Experience(sequence, new double[] {1.0 / tokens.length}));
        }
        return experiences;
    }

    /** Log-probabilities of the first samples, as if they were drawn with these. */
    private static float[][] drawn(TrainJob job, int samples, float error) {
        try (NetworkPool.Lease lease = NetworkPool.lease(POLICY.config(), TaskDevice.here())) {
            lease.network().set(POLICY, THETA);
            float[][] drawn = new Likelihood(
                            lease.network(),
                            POLICY.tokenizer().special(),
                            job.sampling().temperature())
                    .logProbabilities(
                            experiences().stream().map(Experience::sequence).toList());
            for (float[] row : drawn) {
                row[0] += error;
            }
            return Arrays.copyOf(drawn, samples);
        }
    }

    /** What an update made, and of how many passes. */
    private record Updated(float[] theta, PolicyUpdate.Outcome outcome, long passes) {}

    private static Updated update(TrainJob job, float[][] drawn, int rollout) {
        LearnerState start =
                new LearnerState(THETA, AdamW.State.fresh(POLICY.trainedSize()), Map.of(), LearnerMemory.EMPTY);
        long before = Work.PASSES.count();
        try (OneTask compute = new OneTask(POLICY, job, SAMPLES, BlockVector.zeros(0), start)) {
            PolicyUpdate.Outcome outcome = new PolicyUpdate(POLICY, job)
                    .step(
                            new Learner("mw", 0, List.of(new Learner.Objective("mw", 1, new double[] {1}))),
                            Map.of(),
                            new TrainingBatch(experiences(), rollout, drawn, new double[0], LearnerMemory.EMPTY),
                            1,
                            RandomKey.of(9),
                            compute);
            float[] theta = compute.state(start.kept(false)).theta().toArray();
            return new Updated(theta, outcome, Work.PASSES.count() - before);
        }
    }

    @Test
    void whatWasDrawnIsNotComputedAgain() {
        TrainJob job = job();
        Updated known = update(job, drawn(job, SAMPLES, 0), SAMPLES);
        Updated computed = update(job, new float[0][], SAMPLES);
        assertThat(known.passes())
                .as("3 of the reference, 2 gradients of 2 parts")
                .isEqualTo(7);
        assertThat(computed.passes()).as("and 3 of the policy").isEqualTo(10);
        assertThat(known.theta()).containsExactly(computed.theta(), within(1e-5f));
        assertThat(known.theta()).isNotEqualTo(THETA.toArray());
        assertThat(known.outcome().gap().nats()).isBetween(0.0, 1e-5);
        assertThat(known.outcome().metrics().value("kl_per_sample"))
                .isCloseTo(computed.outcome().metrics().value("kl_per_sample"), within(1e-5));
    }

    @Test
    void whatWasDrawnOtherwiseIsComputedAgain() {
        TrainJob job = job();
        Updated wrong = update(job, drawn(job, SAMPLES, 0.003f), SAMPLES);
        Updated computed = update(job, new float[0][], SAMPLES);
        assertThat(wrong.theta()).isEqualTo(computed.theta());
        assertThat(wrong.outcome().gap().nats()).isCloseTo(0.003, within(1e-5));
        assertThat(wrong.passes())
                .as("7, 3 of the reference and 3 of the policy, and 2 of the first minibatch")
                .isEqualTo(15);
        float[][] nothing = drawn(job, SAMPLES, Float.NaN);
        assertThat(update(job, nothing, SAMPLES).theta()).isEqualTo(computed.theta());
    }

    @Test
    void onlyPartsWithReplayedSamplesAreComputed() {
        TrainJob job = job();
        Updated updated = update(job, drawn(job, 15, 0), 15);
        assertThat(updated.passes()).as("7, and 2 of 3 parts").isEqualTo(9);
        assertThat(updated.theta())
                .containsExactly(update(job, new float[0][], 15).theta(), within(1e-5f));
    }

    @Test
    void aLossWithoutOldLogProbabilitiesNeedsNone() {
        TrainJob job = job("algorithm.name=dap");
        assertThat(update(job, drawn(job, 15, 0), 15).passes()).isEqualTo(7);
    }

    @Test
    void dropoutIsNotInWhatWasDrawn() {
        assertThat(job().passesBefore()).isOne();
        assertThat(job("lora={rank: 2, dropout: 0.1}", "optimizer.moments=reset-each-round")
                        .passesBefore())
                .isEqualTo(2);
        assertThat(job("algorithm.name=ppo", "algorithm.critic.trunk=policy").passesBefore())
                .isEqualTo(2);
        assertThat(job("algorithm.name=ppo").passesBefore()).isOne();
    }
}
