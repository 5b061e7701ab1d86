package io.solera.train.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.solera.checkpoint.Policy;
import io.solera.config.AdapterSettings;
import io.solera.config.TrainJob;
import io.solera.model.Likelihood;
import io.solera.model.Network;
import io.solera.model.Sequence;
import io.solera.rl.AdamW;
import io.solera.rl.BlockVector;
import io.solera.rl.Critic;
import io.solera.rl.Mlp;
import io.solera.rl.Ragged;
import io.solera.rl.RandomKey;
import io.solera.train.TinyRun;
import io.solera.train.learner.Learner;
import io.solera.train.learner.LearnerMemory;
import io.solera.train.learner.LearnerState;
import io.solera.train.learner.StepMetrics;
import io.solera.train.learner.TrainingBatch;
import io.solera.train.rollout.Experience;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Critics whose losses train the policy that they read. */
class TestCritics {
    private static final double CLIP = 0.2;
    private static final int SAMPLES = 20;
    private static final TrainJob JOB = TrainJob.read(
            TinyRun.job(""),
            List.of(
                    "algorithm.name=ppo",
                    "algorithm.minibatches=1",
                    "kl.coefficient=0",
                    "algorithm.critic={hidden-layers: [6], trunk: policy, coefficient: 0.4, value-coefficient: 0.1,"
                            + " learning-rate: 0.01, value-clip-range: " + CLIP + "}"));
    private static final List<Learner.Objective> OBJECTIVES = List.of(
            new Learner.Objective("mw", 0.75, new double[] {1, 0}),
            new Learner.Objective("logp", 0.25, new double[] {0, 1}));

    private static Policy policy(boolean adapters) {
        Policy policy = TinyRun.policy();
        return adapters ? policy.with(new AdapterSettings(2, 8, List.of(), false, 0).of(policy.config())) : policy;
    }

    /** What is trained, none of it 0. */
    private static BlockVector theta(Policy policy) {
        float[] theta = policy.trainable()
                .start(policy.initial().whole(), RandomKey.of(4))
                .toArray();
        for (int k = 0; k < theta.length; k++) {
            theta[k] += (float) (0.1 * RandomKey.of(5).gaussian(k));
        }
        return BlockVector.of(theta);
    }

    private static List<Sequence> sequences() {
        List<Sequence> sequences = new ArrayList<>();
        for (int b = 0; b < SAMPLES; b++) {
            RandomKey key = RandomKey.of(6).with(b);
            int[] tokens = IntStream.range(0, 1 + key.index(99, 9))
                    .map(t -> 2 + key.index(t, 4))
                    .toArray();
            sequences.add(new Sequence(TinyRun.policy().tokenizer().special().bosPrompt(), tokens));
        }
        return sequences;
    }

    private static Map<String, Critic.State> states(int width) {
        Map<String, Critic.State> states = new LinkedHashMap<>();
        int size = new Mlp(width, JOB.algorithm().critic().hiddenLayers()).size();
        for (Learner.Objective objective : OBJECTIVES) {
            float[] parameters = new float[size];
            for (int k = 0; k < size; k++) {
                parameters[k] =
                        (float) (0.3 * RandomKey.of(7).with(objective.name()).gaussian(k));
            }
            states.put(objective.name(), new Critic.State(BlockVector.of(parameters), AdamW.State.fresh(size)));
        }
        return states;
    }

    private static Critics critics(int width) {
        return new Critics(JOB.algorithm().critic(), width, states(width));
    }

    /** Sample 3 has no score of the second objective; every other old value lies far enough for the clip. */
    private static Minibatch batch(List<Sequence> sequences, float[][] hidden, int width) {
        Critics critics = critics(width);
        List<Minibatch.Term> terms = new ArrayList<>();
        for (int i = 0; i < OBJECTIVES.size(); i++) {
            Critic critic = critics.of(OBJECTIVES.get(i));
            float[][] values = critic == null ? new float[0][] : critic.values(hidden);
            float[][] returns = Ragged.zerosLike(values);
            double[] scores = new double[SAMPLES];
            for (int b = 0; b < SAMPLES; b++) {
                for (int t = 0; t < values[b].length; t++) {
                    double noise = RandomKey.of(8).with(i).with(b).gaussian(t);
                    returns[b][t] = (float) (values[b][t] + noise);
                    values[b][t] += (float) ((t % 2 == 0 ? 0.05 : 0.4) * (noise > 0 ? -1 : 1));
                }
            }
            scores[3] = i == 1 ? Double.NaN : 0;
            terms.add(new Minibatch.Term(OBJECTIVES.get(i), scores, Ragged.zerosLike(values), returns, values));
        }
        return new Minibatch(sequences, new float[SAMPLES][], new float[SAMPLES][], terms);
    }

    /** sum_k w_k coefficient V_k by its formula. */
    private static double loss(Likelihood likelihood, Minibatch batch, int width) {
        float[][] hidden = likelihood.hidden(batch.sequences());
        Critics critics = critics(width);
        double loss = 0;
        for (Minibatch.Term term : batch.terms()) {
            Critic critic = critics.of(term.objective());
            float[][] values = critic == null ? new float[0][] : critic.values(hidden);
            for (int b = 0; b < values.length; b++) {
                for (int t = 0; t < values[b].length && !term.missing()[b]; t++) {
                    double old = term.values()[b][t];
                    double clipped = old + Math.max(-CLIP, Math.min(CLIP, values[b][t] - old));
                    double square = Math.max(
                            Math.pow(values[b][t] - term.returns()[b][t], 2),
                            Math.pow(clipped - term.returns()[b][t], 2));
                    loss += term.objective().weight() * 0.4 * 0.5 * square / batch.tokenCount();
                }
            }
        }
        return loss;
    }

    /** The gradient of the critics' losses alone, in passes of some samples; adds the critics' own to {@code own}. */
    private static float[] gradient(
            Likelihood likelihood, Minibatch batch, Critics critics, int pass, CriticGradients own) {
        float[] sum = new float[0];
        for (int start = 0; start < SAMPLES; start += pass) {
            Minibatch part = batch.range(start, Math.min(SAMPLES, start + pass));
            float[] gradient = likelihood
                    .gradients(part.sequences(), RandomKey.of(1), true, (seen, hidden) -> {
                        Critics.Shared shared = critics.sharedGradients(part, hidden, batch.tokenCount(), false);
                        own.add(shared.critics());
                        return List.of(new Likelihood.Derivatives(
                                Ragged.zerosLike(seen.logProbabilities()),
                                shared.hidden().get(0)));
                    })
                    .get(0)
                    .toArray();
            for (int k = 0; k < sum.length; k++) {
                gradient[k] += sum[k];
            }
            sum = gradient;
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theTrunkLearnsFromTheValueLoss(boolean adapters) {
        Policy policy = policy(adapters);
        BlockVector theta = theta(policy);
        int width = policy.config().hiddenSize();
        try (Network network = Network.of(policy.config())) {
            network.set(policy, theta);
            Likelihood likelihood = new Likelihood(network, policy.tokenizer().special(), 1);
            List<Sequence> sequences = sequences();
            Minibatch batch = batch(sequences, likelihood.hidden(sequences), width);
            float[] gradient = gradient(likelihood, batch, critics(width), SAMPLES, CriticGradients.none());
            double largest = 0;
            for (float value : gradient) {
                largest = Math.max(largest, Math.abs(value));
            }
            assertThat(largest).isGreaterThan(1e-3);
            int checked = 0;
            for (int k = 0; k < gradient.length; k++) {
                if (Math.abs(gradient[k]) > 0.3 * largest && checked < 40) {
                    double step = 2e-4; // kinks of the clip and of the critics are near
                    network.set(policy, moved(theta, k, step));
                    double above = loss(likelihood, batch, width);
                    network.set(policy, moved(theta, k, -step));
                    double below = loss(likelihood, batch, width);
                    assertThat((above - below) / (2 * step))
                            .as("parameter %d", k)
                            .isCloseTo(gradient[k], within(0.005 * largest));
                    checked++;
                }
            }
            assertThat(checked).isGreaterThan(5);
        }
    }

    @Test
    void passesOfFewerSamplesSumUpToTheSame() {
        Policy policy = policy(false);
        int width = policy.config().hiddenSize();
        try (Network network = Network.of(policy.config())) {
            network.set(policy, theta(policy));
            Likelihood likelihood = new Likelihood(network, policy.tokenizer().special(), 1);
            List<Sequence> sequences = sequences();
            float[][] hidden = likelihood.hidden(sequences);
            Minibatch batch = batch(sequences, hidden, width);
            Critics whole = critics(width);
            Critics parts = critics(width);
            CriticGradients ofWhole = CriticGradients.none();
            CriticGradients ofParts = CriticGradients.none();
            float[] expected = gradient(likelihood, batch, whole, SAMPLES, ofWhole);
            assertThat(gradient(likelihood, batch, parts, 6, ofParts)).containsExactly(expected, within(1e-5f));
            StepMetrics metrics = new StepMetrics();
            whole.step(ofWhole, batch, 1, metrics);
            parts.step(ofParts, batch, 1, new StepMetrics());
            Critics frozen = critics(width);
            frozen.step(frozen.gradients(batch, hidden, batch.tokenCount()), batch, 1, new StepMetrics());
            metrics.nextMinibatch();
            assertThat(metrics.value("explained_variance")).isFinite();
            for (Learner.Objective objective : OBJECTIVES) {
                float[] stepped = parameters(whole, objective);
                assertThat(parameters(parts, objective)).containsExactly(stepped, within(1e-4f));
                assertThat(parameters(frozen, objective))
                        .as("the weight and the coefficient are the policy's affair")
                        .containsExactly(stepped, within(1e-4f));
                assertThat(stepped).isNotEqualTo(parameters(critics(width), objective));
            }
        }
    }

    /** What an update makes. */
    private record Updated(PolicyUpdate.Outcome outcome, BlockVector theta) {
        StepMetrics metrics() {
            return outcome.metrics();
        }
    }

    private static Updated update(int pass, String... settings) {
        TrainJob job = TrainJob.read(JOB.text(), List.of(settings));
        Policy policy = policy(false);
        List<Experience> experiences = new ArrayList<>();
        for (Sequence sequence : sequences()) {
            double shaped = 1.0 / sequence.tokens().length;
            experiences.add(new Experience(sequence, new double[] {shaped, 1 - shaped}));
        }
        LearnerState start = new LearnerState(
                theta(policy),
                AdamW.State.fresh(policy.trainedSize()),
                states(policy.config().hiddenSize()),
                LearnerMemory.EMPTY);
        try (OneTask compute = new OneTask(policy, job, pass, BlockVector.zeros(0), start)) {
            PolicyUpdate.Outcome outcome = new PolicyUpdate(policy, job)
                    .step(
                            new Learner("policy", 0, OBJECTIVES),
                            start.critics(),
                            new TrainingBatch(experiences, SAMPLES, new float[0][], new double[0], LearnerMemory.EMPTY),
                            1,
                            RandomKey.of(9),
                            compute);
            return new Updated(outcome, compute.state(start.kept(false)).theta());
        }
    }

    @Test
    void anUpdateHasThemInThePolicysGradient() {
        Updated more = update(SAMPLES, "algorithm.critic.coefficient=1");
        Updated less = update(SAMPLES, "algorithm.critic.coefficient=0.01");
        Updated parts = update(6, "algorithm.critic.coefficient=1");
        Updated recomputed = update(SAMPLES, "algorithm.critic.coefficient=1", "memory.recompute=true");
        double norm = more.metrics().value("gradient_norm");
        assertThat(less.metrics().value("gradient_norm")).isNotCloseTo(norm, withinPercentage(5));
        assertThat(parts.metrics().value("gradient_norm")).isCloseTo(norm, withinPercentage(0.01));
        assertThat(recomputed.metrics().value("gradient_norm")).isCloseTo(norm, withinPercentage(0.01));
        for (String metric : List.of("value_loss", "explained_variance")) {
            assertThat(less.metrics().value(metric))
                    .as(metric)
                    .isFinite()
                    .isEqualTo(more.metrics().value(metric))
                    .isCloseTo(parts.metrics().value(metric), withinPercentage(0.01));
        }
        // critics do the same in a first minibatch, whatever of it the policy takes
        for (Learner.Objective objective : OBJECTIVES) {
            assertThat(parameters(less, objective))
                    .isEqualTo(parameters(more, objective))
                    .isNotEqualTo(parameters(critics(TinyRun.policy().config().hiddenSize()), objective));
        }
        assertThat(update(SAMPLES, "algorithm.critic.trunk=reference", "algorithm.critic.coefficient=null")
                        .theta())
                .isNotEqualTo(update(SAMPLES).theta());
    }

    private static float[] parameters(Updated updated, Learner.Objective objective) {
        Critic.State state = updated.outcome().critics().get(objective.name());
        return state == null ? new float[0] : state.parameters().toArray();
    }

    private static float[] parameters(Critics critics, Learner.Objective objective) {
        Critic.State state = critics.states().get(objective.name());
        return state == null ? new float[0] : state.parameters().toArray();
    }

    private static BlockVector moved(BlockVector theta, int k, double by) {
        float[] moved = theta.toArray();
        moved[k] += (float) by;
        return BlockVector.of(moved);
    }
}
