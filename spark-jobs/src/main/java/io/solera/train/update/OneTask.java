package io.solera.train.update;

import io.solera.checkpoint.Policy;
import io.solera.config.TrainJob;
import io.solera.model.Likelihood;
import io.solera.model.NetworkPool;
import io.solera.model.Sequence;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import io.solera.rl.SumTree;
import io.solera.rl.blend.Coefficients;
import io.solera.rl.blend.Sections;
import io.solera.train.learner.KeptState;
import io.solera.train.learner.LearnerState;
import io.solera.train.learner.StepMetrics;
import io.solera.train.rollout.TaskDevice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** All passes of an update with one network, one after the other. */
public final class OneTask implements Compute {
    private final Policy reference;
    private final int part;
    private final int pass;
    private final BlockVector fixed;
    private final HeldVectors vectors;
    private final NetworkPool.Lease lease;
    private final Likelihood likelihood;
    private final long started = System.nanoTime();
    private List<Seen> seen = List.of();
    private List<BlockVector> gradients = List.of();

    /**
     * @param pass samples of a backward pass at most
     * @param fixed what of the policy that the round starts from stays as it is
     * @param start whose moments are changed in place
     */
    public OneTask(Policy reference, TrainJob job, int pass, BlockVector fixed, LearnerState start) {
        this.reference = reference;
        part = job.updateBatch();
        this.pass = pass;
        this.fixed = fixed;
        vectors = new HeldVectors(job.optimizer().adam(), start.theta(), start.moments());
        lease = NetworkPool.lease(reference.config(), TaskDevice.here());
        likelihood = new Likelihood(
                lease.network(),
                reference.tokenizer().special(),
                job.sampling().temperature(),
                job.memory().recompute());
    }

    @Override
    public Seen seen(List<Sequence> sequences, int known, Critics critics) {
        BlockVector composed = reference.trainable().compose(fixed, vectors.theta());
        try {
            seen = Seen.of(
                    RolloutPart.of(sequences, part, known),
                    lease.network(),
                    likelihood,
                    reference,
                    () -> composed,
                    critics);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lease.network().set(reference, composed);
        vectors.share();
        return Seen.joined(seen.stream().map(Seen::withoutHidden).toList());
    }

    @Override
    public Gradients gradients(
            Minibatch minibatch, int[] places, PolicyLoss loss, Sections sections, Critics critics, RandomKey dropout) {
        SumTree sums = new SumTree();
        StepMetrics figures = new StepMetrics();
        List<float[]> logProbabilities = new ArrayList<>();
        CriticGradients ofCritics = CriticGradients.none();
        for (PartGradient work : PartGradient.of(minibatch, part, dropout)) {
            PartGradient.Sum sum = work.sum(likelihood, loss, critics, pass);
            sums.add(work.index(), sum.gradients());
            logProbabilities.addAll(List.of(sum.logProbabilities()));
            figures.add(sum.figures());
            ofCritics.add(sum.critics());
        }
        if (critics.readReference()) {
            for (int k = 0; k < seen.size(); k++) {
                int[] chosen = Compute.inPart(places, k, part);
                if (chosen.length > 0) {
                    ofCritics.add(critics.gradients(
                            minibatch.rows(chosen),
                            Minibatch.select(seen.get(k).hidden(), Compute.rows(places, chosen, part)),
                            minibatch.tokenCount()));
                }
            }
        }
        gradients = sums.total();
        return new Gradients(sections.grams(gradients), logProbabilities.toArray(float[][]::new), figures, ofCritics);
    }

    @Override
    public void step(Coefficients alphas, float scale, double learningRate) {
        vectors.step(gradients, alphas, scale, learningRate);
        gradients = List.of();
        lease.network().refill(vectors.theta());
    }

    /** The learner after the update. */
    public LearnerState state(KeptState kept) {
        return vectors.state(kept);
    }

    @Override
    public double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }

    @Override
    public void close() {
        lease.close();
    }
}
