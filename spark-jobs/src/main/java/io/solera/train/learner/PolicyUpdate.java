package io.solera.train.learner;

import io.solera.checkpoint.Policy;
import io.solera.config.TrainJob;
import io.solera.model.Likelihood;
import io.solera.model.Network;
import io.solera.model.NetworkPool;
import io.solera.model.Sequence;
import io.solera.rl.AdamW;
import io.solera.rl.BlockVector;
import io.solera.rl.Critic;
import io.solera.rl.KlPenalty;
import io.solera.rl.Ragged;
import io.solera.rl.RandomKey;
import io.solera.rl.algorithm.Algorithm;
import io.solera.train.rollout.Experience;
import io.solera.train.rollout.TaskDevice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One step of one learner, as every algorithm takes it: log-probabilities of the rollout under the reference and under
 * the policy that drew it, advantages per objective, then epochs of minibatches, each a gradient of sum c log pi with c
 * from the {@link Algorithm}, and a step of AdamW.
 */
public final class PolicyUpdate {
    private final Policy reference;
    private final TrainJob job;
    private final Algorithm algorithm;
    private final int pass;

    /** @param advantages per objective, one per sample of the rollout; NaN where its reward is missing */
    public record Outcome(LearnerState state, Map<String, double[]> advantages, StepMetrics metrics) {}

    /** A rollout under the two policies, and the hidden states that critics read. */
    private record Seen(List<Sequence> sequences, float[][] anchor, float[][] old, float[][] hidden) {}

    /** @param pass samples of a backward pass at most */
    public PolicyUpdate(Policy reference, TrainJob job, int pass) {
        this.reference = reference;
        this.job = job;
        this.pass = pass;
        algorithm = job.policyOptimisation();
    }

    /**
     * @param fixed what of the policy that the round starts from stays as it is
     * @param state whose moments the step changes in place
     * @param rate share of the peak learning rates
     */
    public Outcome step(
            Learner learner, BlockVector fixed, LearnerState state, TrainingBatch batch, double rate, RandomKey key) {
        StepMetrics metrics = new StepMetrics();
        long started = System.nanoTime();
        Critics critics =
                new Critics(job.algorithm().critic(), reference.config().hiddenSize(), state.critics());
        BlockVector theta = state.theta().copy();
        AdamW adam = new AdamW(job.optimizer().adam(), state.moments());
        Minibatch rollout;
        try (NetworkPool.Lease lease = NetworkPool.lease(reference.config(), TaskDevice.here())) {
            Likelihood likelihood = new Likelihood(
                    lease.network(),
                    reference.tokenizer().special(),
                    job.sampling().temperature(),
                    job.memory().recompute());
            Seen seen = seen(lease.network(), likelihood, fixed, state.theta(), batch, critics);
            rollout = new Minibatch(
                    seen.sequences, seen.old, seen.anchor, terms(learner, batch.experiences(), seen, critics));
            for (int epoch = 0; epoch < job.algorithm().epochs(); epoch++) {
                int[] order = key.with(epoch).permutation(rollout.size());
                for (int part = 0; part < job.algorithm().minibatches(); part++) {
                    int[] places = slice(order, part, job.algorithm().minibatches());
                    Minibatch minibatch = rollout.rows(places);
                    RandomKey dropout = key.with("dropout").with(epoch).with(part);
                    BlockVector gradient = gradient(likelihood, minibatch, critics, dropout, metrics);
                    metrics.add(
                            "gradient_norm",
                            AdamW.clip(gradient, job.optimizer().gradientClip()));
                    adam.step(theta, gradient, rate * job.optimizer().learningRate());
                    lease.network().refill(theta);
                    if (critics.readReference()) {
                        critics.differentiate(
                                minibatch, Minibatch.select(seen.hidden, places), minibatch.tokenCount(), metrics);
                    }
                    critics.step(minibatch, rate, metrics);
                    metrics.nextMinibatch();
                }
            }
            metrics.put(
                    "kl_per_sample", mean(Arrays.copyOf(KlPenalty.perSample(seen.old, seen.anchor), batch.drawn())));
        }
        metrics.put("learning_rate", rate * job.optimizer().learningRate());
        metrics.put("update_seconds", (System.nanoTime() - started) / 1e9);
        Map<String, double[]> advantages = new LinkedHashMap<>();
        for (Minibatch.Term term : rollout.terms()) {
            advantages.put(term.objective().name(), Arrays.copyOf(term.meanAdvantages(), batch.drawn()));
        }
        return new Outcome(
                new LearnerState(theta, adam.state(), critics.states(), batch.memory()), advantages, metrics);
    }

    /** Leaves the network with the learner's parameters. */
    private Seen seen(
            Network network,
            Likelihood likelihood,
            BlockVector fixed,
            BlockVector theta,
            TrainingBatch batch,
            Critics critics) {
        List<Sequence> sequences =
                batch.experiences().stream().map(Experience::sequence).toList();
        network.set(reference, reference.initial());
        Likelihood.States ofReference = likelihood.states(sequences, critics.readReference());
        network.set(reference, reference.trainable().compose(fixed, theta));
        Likelihood.States ofPolicy = likelihood.states(sequences, critics.readPolicy());
        return new Seen(
                sequences,
                ofReference.logProbabilities(),
                ofPolicy.logProbabilities(),
                critics.readPolicy() ? ofPolicy.hidden() : ofReference.hidden());
    }

    private List<Minibatch.Term> terms(Learner learner, List<Experience> experiences, Seen seen, Critics critics) {
        List<Minibatch.Term> terms = new ArrayList<>();
        for (Learner.Objective objective : learner.objectives()) {
            double[] scores = objective.scores(shapedByReward(experiences));
            Critic critic = critics.of(objective);
            float[][] values = critic == null ? new float[0][] : critic.values(seen.hidden);
            Algorithm.Advantages advantages =
                    algorithm.advantages(new Algorithm.Rollout(scores, seen.old, seen.anchor, values));
            terms.add(new Minibatch.Term(objective, scores, advantages.perToken(), advantages.returns(), values));
        }
        return terms;
    }

    /**
     * The gradient of a minibatch, summed over passes of at most {@link #pass} samples; that of critics that share the
     * trunk too.
     */
    private BlockVector gradient(
            Likelihood likelihood, Minibatch minibatch, Critics critics, RandomKey key, StepMetrics metrics) {
        PolicyLoss loss = new PolicyLoss(algorithm);
        long tokens = minibatch.tokenCount();
        BlockVector sum = null;
        for (int start = 0; start < minibatch.size(); start += pass) {
            Minibatch part = minibatch.range(start, Math.min(minibatch.size(), start + pass));
            BlockVector gradient = likelihood.gradient(
                    part.sequences(),
                    key.with(start),
                    seen -> {
                        metrics.add("entropy", total(seen.entropy()) / tokens);
                        return loss.coefficients(seen.logProbabilities(), part, tokens, minibatch.size(), metrics);
                    },
                    critics.readPolicy() ? hidden -> critics.differentiateShared(part, hidden, tokens, metrics) : null);
            if (sum == null) {
                sum = gradient;
            } else {
                sum.add(gradient);
            }
        }
        return sum == null ? BlockVector.zeros(reference.trainedSize()) : sum;
    }

    private static double[][] shapedByReward(List<Experience> experiences) {
        int rewards = experiences.isEmpty() ? 0 : experiences.get(0).shaped().length;
        double[][] shaped = new double[rewards][experiences.size()];
        for (int i = 0; i < rewards; i++) {
            for (int b = 0; b < shaped[i].length; b++) {
                shaped[i][b] = experiences.get(b).shaped()[i];
            }
        }
        return shaped;
    }

    private static int[] slice(int[] order, int part, int parts) {
        return Arrays.copyOfRange(
                order, (int) ((long) order.length * part / parts), (int) ((long) order.length * (part + 1) / parts));
    }

    private static double total(float[][] values) {
        return Arrays.stream(Ragged.sums(values)).sum();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }
}
