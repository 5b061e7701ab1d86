package io.solera.train.update;

import io.solera.checkpoint.Policy;
import io.solera.config.RewardField;
import io.solera.config.TrainJob;
import io.solera.model.Sequence;
import io.solera.rl.AdamW;
import io.solera.rl.Critic;
import io.solera.rl.KlPenalty;
import io.solera.rl.Ragged;
import io.solera.rl.RandomKey;
import io.solera.rl.algorithm.Algorithm;
import io.solera.rl.blend.Coefficients;
import io.solera.rl.joint.JointAdvantage;
import io.solera.train.learner.Learner;
import io.solera.train.learner.LogProbabilityGap;
import io.solera.train.learner.StepMetrics;
import io.solera.train.learner.TrainingBatch;
import io.solera.train.rollout.Experience;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One step of one learner, as every algorithm takes it: log-probabilities of the rollout under the reference,
 * advantages per objective, then epochs of minibatches, each a gradient of sum c log pi with c from the {@link
 * Algorithm}, and a step of AdamW. A {@link JointAdvantage} takes the place of the algorithm's advantages, where the
 * method has one. Where a rule combines the objectives' gradients, each has its own.
 *
 * <p>The old log-probabilities of the loss are those that samples were drawn with. The first minibatch's own pass is at
 * the same policy, and so measures how far they are from what an update computes: where that is more than {@link
 * LogProbabilityGap#EQUAL}, or there is dropout, they are computed by a pass of their own.
 */
public final class PolicyUpdate {
    private final Policy reference;
    private final TrainJob job;
    private final Algorithm algorithm;

    /**
     * What a step leaves next to what is trained, which is where it was computed.
     *
     * @param advantages per objective, one per sample of the rollout; NaN where its reward is missing
     * @param gap between log-probabilities as they were drawn and as the update computed them, at a place of the
     *     rollout
     */
    public record Outcome(
            Map<String, Critic.State> critics,
            Map<String, double[]> advantages,
            LogProbabilityGap gap,
            StepMetrics metrics) {}

    public PolicyUpdate(Policy reference, TrainJob job) {
        this.reference = reference;
        this.job = job;
        algorithm = job.policyOptimisation();
    }

    /**
     * @param before the critics
     * @param rate share of the peak learning rates
     * @param compute at what the learner is before the step
     */
    public Outcome step(
            Learner learner,
            Map<String, Critic.State> before,
            TrainingBatch batch,
            double rate,
            RandomKey key,
            Compute compute) {
        StepMetrics metrics = new StepMetrics();
        Critics critics =
                new Critics(job.algorithm().critic(), reference.config().hiddenSize(), before);
        GradientRule rule = GradientRule.of(job, learner, reference.trainedLayers());
        PolicyLoss loss = new PolicyLoss(algorithm, rule.perObjective());
        int known = known(batch);
        Start start = start(learner, batch, known, critics, compute, metrics);
        float[][] recomputed = start.seen().old();
        int minibatches = job.algorithm().minibatches();
        for (int epoch = 0; epoch < job.algorithm().epochs(); epoch++) {
            int[] order = key.with(epoch).permutation(start.rollout().size());
            for (int part = 0; part < minibatches; part++) {
                int[] places = slice(order, part, minibatches);
                Minibatch minibatch = start.rollout().rows(places);
                RandomKey dropout = key.with("dropout").with(epoch).with(part);
                Compute.Gradients gradients =
                        compute.gradients(minibatch, places, loss, rule.rule().sections(), critics, dropout);
                if (known > 0 && epoch == 0 && part == 0) {
                    for (int k = 0; k < places.length; k++) {
                        recomputed[places[k]] = gradients.logProbabilities()[k];
                    }
                    if (LogProbabilityGap.of(batch.logProbabilities(), recomputed)
                                    .nats()
                            > LogProbabilityGap.EQUAL) {
                        start = start(learner, batch, 0, critics, compute, metrics);
                        recomputed = start.seen().old();
                        minibatch = start.rollout().rows(places);
                        gradients = compute.gradients(
                                minibatch, places, loss, rule.rule().sections(), critics, dropout);
                    }
                }
                metrics.add(gradients.figures());
                Coefficients alphas = rule.alphas(
                        gradients.grams(), key.with("rule").with(epoch).with(part), metrics);
                double norm = alphas.norm(gradients.grams());
                metrics.add("gradient_norm", norm);
                compute.step(
                        alphas,
                        AdamW.clipping(norm, job.optimizer().gradientClip()),
                        rate * job.optimizer().learningRate());
                critics.step(gradients.critics(), minibatch, rate, metrics);
                metrics.nextMinibatch();
            }
        }
        Minibatch rollout = start.rollout();
        metrics.put(
                "kl_per_sample",
                mean(Arrays.copyOf(KlPenalty.perSample(rollout.old(), rollout.reference()), batch.drawn())));
        metrics.put("learning_rate", rate * job.optimizer().learningRate());
        metrics.put("update_seconds", compute.seconds());
        Map<String, double[]> advantages = new LinkedHashMap<>();
        for (Minibatch.Term term : rollout.terms()) {
            advantages.put(term.objective().name(), Arrays.copyOf(term.meanAdvantages(), batch.drawn()));
        }
        LogProbabilityGap gap = LogProbabilityGap.of(batch.logProbabilities(), recomputed);
        return new Outcome(critics.states(), advantages, gap, metrics);
    }

    /** What is known before the first gradient. */
    private record Start(Seen seen, Minibatch rollout) {}

    /** How many samples, the first ones, need no pass of the policy before the first gradient. */
    private int known(TrainingBatch batch) {
        if (job.passesBefore() > 1) {
            return 0;
        }
        return algorithm.readsOld()
                ? batch.logProbabilities().length
                : batch.experiences().size();
    }

    private Start start(
            Learner learner, TrainingBatch batch, int known, Critics critics, Compute compute, StepMetrics metrics) {
        List<Sequence> sequences =
                batch.experiences().stream().map(Experience::sequence).toList();
        Seen seen = compute.seen(sequences, known, critics);
        float[][] old = new float[sequences.size()][];
        for (int b = 0; b < old.length; b++) {
            if (b >= known) {
                old[b] = seen.old()[b];
            } else {
                old[b] = b < batch.drawn()
                        ? batch.logProbabilities()[b]
                        : new float[sequences.get(b).tokens().length];
            }
        }
        Seen rollout = new Seen(seen.reference(), old, seen.hidden(), seen.values());
        return new Start(
                seen,
                new Minibatch(sequences, old, seen.reference(), terms(learner, batch.experiences(), rollout, metrics)));
    }

    private List<Minibatch.Term> terms(Learner learner, List<Experience> experiences, Seen seen, StepMetrics metrics) {
        if (job.joint() != null) {
            return learner.objectives().stream()
                    .map(objective -> joint(job.joint(), objective, experiences, seen, metrics))
                    .toList();
        }
        List<Minibatch.Term> terms = new ArrayList<>();
        for (Learner.Objective objective : learner.objectives()) {
            double[] scores = objective.scores(shapedByReward(experiences));
            float[][] values = seen.values().getOrDefault(objective.name(), new float[0][]);
            Algorithm.Advantages advantages =
                    algorithm.advantages(new Algorithm.Rollout(scores, seen.old(), seen.reference(), values));
            terms.add(new Minibatch.Term(objective, scores, advantages.perToken(), advantages.returns(), values));
        }
        return terms;
    }

    /** The advantages of all rewards at once, which no critic has a part in. */
    private Minibatch.Term joint(
            JointAdvantage rule,
            Learner.Objective objective,
            List<Experience> experiences,
            Seen seen,
            StepMetrics metrics) {
        JointAdvantage.Result result = rule.of(shapedByReward(experiences), objective.mix(), job.groupSize());
        List<String> names = List.copyOf(job.rewards().keySet());
        for (int k = 0; k < result.coefficients().length; k++) {
            metrics.put(RewardField.coefficient(names.get(k)), result.coefficients()[k]);
        }
        double[] present = result.perSample().clone();
        for (int b = 0; b < present.length; b++) {
            present[b] = Double.isNaN(present[b]) ? 0 : present[b];
        }
        return new Minibatch.Term(
                objective, result.perSample(), Ragged.spread(present, seen.old()), new float[0][], new float[0][]);
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

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }
}
