package io.solera.train.learner;

import io.solera.checkpoint.Policy;
import io.solera.config.AlgorithmSettings;
import io.solera.config.KlSettings;
import io.solera.config.OptimizerSettings;
import io.solera.model.Likelihood;
import io.solera.model.Network;
import io.solera.model.NetworkPool;
import io.solera.model.Sequence;
import io.solera.rl.AdamW;
import io.solera.rl.BlockVector;
import io.solera.rl.Critic;
import io.solera.rl.Gae;
import io.solera.rl.GroupRelative;
import io.solera.rl.KlPenalty;
import io.solera.rl.LeaveOneOut;
import io.solera.rl.Ragged;
import io.solera.rl.RandomKey;
import io.solera.rl.TokenRewards;
import io.solera.rl.Whitening;
import io.solera.train.rollout.Experience;
import io.solera.train.rollout.TaskDevice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One step of one learner: from a scored rollout to advantages, and through epochs of minibatches to its next state. */
public final class PolicyUpdate {
    private final Policy reference;
    private final AlgorithmSettings algorithm;
    private final KlSettings kl;
    private final OptimizerSettings optimizer;
    private final double temperature;
    private final int pass;
    private final boolean recompute;
    private final int groupSize;

    /** @param advantages per objective, one per sample of the rollout; NaN where its reward is missing */
    public record Outcome(LearnerState state, Map<String, double[]> advantages, StepMetrics metrics) {}

    public PolicyUpdate(
            Policy reference,
            AlgorithmSettings algorithm,
            KlSettings kl,
            OptimizerSettings optimizer,
            double temperature,
            int pass,
            boolean recompute,
            int groupSize) {
        this.reference = reference;
        this.algorithm = algorithm;
        this.kl = kl;
        this.optimizer = optimizer;
        this.temperature = temperature;
        this.pass = pass;
        this.recompute = recompute;
        this.groupSize = groupSize;
    }

    /**
     * @param rho that the round starts from, where the learner trains an adapter beside it
     * @param rate share of the peak learning rates
     */
    public Outcome step(
            Learner learner, BlockVector rho, LearnerState state, TrainingBatch lesson, double rate, RandomKey key) {
        StepMetrics metrics = new StepMetrics();
        long begun = System.nanoTime();
        Critics critics = new Critics(algorithm.critic(), reference.config().width(), state.critics());
        float[] theta = state.theta().toArray();
        AdamW adam = new AdamW(optimizer.adam(), state.optimizer());
        Minibatch batch;
        try (NetworkPool.Lease lease = NetworkPool.lease(reference.config(), TaskDevice.here())) {
            Network network = lease.network();
            Likelihood likelihood =
                    new Likelihood(network, reference.tokenizer().special(), temperature, recompute);
            List<Sequence> sequences =
                    lesson.experiences().stream().map(Experience::sequence).toList();
            network.set(reference, reference.start());
            Likelihood.States ofReference = likelihood.states(sequences, critics.readReference());
            float[][] anchor = ofReference.logProbabilities();
            network.set(reference, reference.whole(rho, state.theta()));
            Likelihood.States ofPolicy = likelihood.states(sequences, critics.readPolicy());
            float[][] old = ofPolicy.logProbabilities();
            float[][] hidden = critics.readPolicy() ? ofPolicy.hidden() : ofReference.hidden();
            batch = new Minibatch(
                    sequences, old, anchor, terms(learner, lesson.experiences(), old, anchor, hidden, critics));
            for (int epoch = 0; epoch < algorithm.epochs(); epoch++) {
                int[] order = key.with(epoch).permutation(batch.size());
                for (int part = 0; part < algorithm.minibatches(); part++) {
                    int[] places = slice(order, part, algorithm.minibatches());
                    Minibatch minibatch = batch.rows(places);
                    float[] gradient = gradient(
                            likelihood,
                            minibatch,
                            critics,
                            key.with("dropout").with(epoch).with(part),
                            metrics);
                    metrics.add("gradient_norm", AdamW.clip(gradient, optimizer.gradientClip()));
                    adam.step(theta, gradient, rate * optimizer.learningRate());
                    network.set(reference, reference.whole(rho, BlockVector.of(theta)));
                    if (critics.readReference()) {
                        critics.differentiate(
                                minibatch, Minibatch.select(hidden, places), minibatch.tokenCount(), metrics);
                    }
                    critics.step(minibatch, rate, metrics);
                    metrics.nextMinibatch();
                }
            }
            metrics.put("kl_per_sample", mean(Arrays.copyOf(KlPenalty.perSample(old, anchor), lesson.drawn())));
        }
        metrics.put("learning_rate", rate * optimizer.learningRate());
        metrics.put("update_seconds", (System.nanoTime() - begun) / 1e9);
        Map<String, double[]> advantages = new LinkedHashMap<>();
        for (Minibatch.Term term : batch.terms()) {
            advantages.put(term.objective().name(), Arrays.copyOf(term.meanAdvantages(), lesson.drawn()));
        }
        return new Outcome(
                new LearnerState(BlockVector.of(theta), adam.state(), critics.states(), lesson.memory()),
                advantages,
                metrics);
    }

    private List<Minibatch.Term> terms(
            Learner learner,
            List<Experience> experiences,
            float[][] old,
            float[][] anchor,
            float[][] hidden,
            Critics critics) {
        List<Minibatch.Term> terms = new ArrayList<>();
        for (Learner.Objective objective : learner.objectives()) {
            double[] scores = objective.scores(shapedByReward(experiences));
            Critic critic = critics.of(objective);
            terms.add(
                    critic == null
                            ? withoutCritic(objective, scores, old)
                            : withCritic(objective, scores, old, anchor, critic.values(hidden)));
        }
        return terms;
    }

    /** {@code grpo} and {@code rloo}; {@code dap} has the latter's advantages in its tables, and does not use them. */
    private Minibatch.Term withoutCritic(Learner.Objective objective, double[] scores, float[][] old) {
        double[] perSample = algorithm.name() == AlgorithmSettings.Name.GRPO
                ? GroupRelative.advantages(scores, groupSize)
                : new LeaveOneOut(true).advantages(scores, groupSize);
        float[][] advantages = Ragged.spread(perSample, old);
        return new Minibatch.Term(objective, scores, advantages, new float[0][], new float[0][]);
    }

    private Minibatch.Term withCritic(
            Learner.Objective objective, double[] scores, float[][] old, float[][] anchor, float[][] values) {
        float[][] rewards = kl.form() == KlSettings.Form.LOSS
                ? TokenRewards.atEnd(scores, old)
                : new KlPenalty(kl.coefficient()).inReward(Whitening.scores(scores), old, anchor);
        Gae.Estimate estimate = new Gae(algorithm.gamma(), algorithm.lambda()).estimate(rewards, values);
        float[][] advantages = Whitening.advantages(estimate.advantages(), Whitening.missing(scores));
        return new Minibatch.Term(objective, scores, advantages, estimate.returns(), values);
    }

    /** The gradient of a minibatch, summed over passes of at most {@link #pass} samples; that of critics that share the trunk too. */
    private float[] gradient(
            Likelihood likelihood, Minibatch minibatch, Critics critics, RandomKey key, StepMetrics metrics) {
        PolicyLoss loss = new PolicyLoss(algorithm, kl);
        long tokens = minibatch.tokenCount();
        float[] sum = new float[0];
        for (int start = 0; start < minibatch.size(); start += pass) {
            Minibatch part = minibatch.range(start, Math.min(minibatch.size(), start + pass));
            float[] gradient = likelihood.gradient(
                    part.sequences(),
                    key.with(start),
                    seen -> {
                        metrics.add("entropy", total(seen.entropy()) / tokens);
                        return loss.coefficients(seen.logProbabilities(), part, tokens, minibatch.size(), metrics);
                    },
                    critics.readPolicy() ? hidden -> critics.differentiateShared(part, hidden, tokens, metrics) : null);
            sum = sum.length == 0 ? gradient : Critics.added(sum, gradient);
        }
        return sum;
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
