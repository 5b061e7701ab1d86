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
import io.solera.train.learner.StepMetrics;
import io.solera.train.learner.TrainingBatch;
import io.solera.train.rollout.Experience;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One step of one learner, as every algorithm takes it: log-probabilities of the rollout under the reference and under
 * the policy that drew it, advantages per objective, then epochs of minibatches, each a gradient of sum c log pi with c
 * from the {@link Algorithm}, and a step of AdamW. A {@link JointAdvantage} takes the place of the algorithm's
 * advantages, where the method has one. Where a rule combines the objectives' gradients, each has its own.
 */
public final class PolicyUpdate {
    private final Policy reference;
    private final TrainJob job;
    private final Algorithm algorithm;

    /**
     * What a step leaves next to what is trained, which is where it was computed.
     *
     * @param advantages per objective, one per sample of the rollout; NaN where its reward is missing
     * @param old log-probabilities [b][t] under the policy before the step
     */
    public record Outcome(
            Map<String, Critic.State> critics, Map<String, double[]> advantages, float[][] old, StepMetrics metrics) {}

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
        List<Sequence> sequences =
                batch.experiences().stream().map(Experience::sequence).toList();
        Seen seen = compute.seen(sequences, critics);
        Minibatch rollout = new Minibatch(
                sequences, seen.old(), seen.reference(), terms(learner, batch.experiences(), seen, metrics));
        int minibatches = job.algorithm().minibatches();
        for (int epoch = 0; epoch < job.algorithm().epochs(); epoch++) {
            int[] order = key.with(epoch).permutation(rollout.size());
            for (int part = 0; part < minibatches; part++) {
                int[] places = slice(order, part, minibatches);
                Minibatch minibatch = rollout.rows(places);
                RandomKey dropout = key.with("dropout").with(epoch).with(part);
                Compute.Gradients gradients =
                        compute.gradients(minibatch, places, loss, rule.rule().sections(), critics, dropout);
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
        metrics.put(
                "kl_per_sample", mean(Arrays.copyOf(KlPenalty.perSample(seen.old(), seen.reference()), batch.drawn())));
        metrics.put("learning_rate", rate * job.optimizer().learningRate());
        metrics.put("update_seconds", compute.seconds());
        Map<String, double[]> advantages = new LinkedHashMap<>();
        for (Minibatch.Term term : rollout.terms()) {
            advantages.put(term.objective().name(), Arrays.copyOf(term.meanAdvantages(), batch.drawn()));
        }
        return new Outcome(critics.states(), advantages, seen.old(), metrics);
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
