package io.solera.plan;

import io.solera.checkpoint.LoraAdapters;
import io.solera.checkpoint.NetworkConfig;
import io.solera.checkpoint.Trainable;
import io.solera.config.StageSettings;
import io.solera.config.TrainJob;
import java.util.ArrayList;
import java.util.List;

/**
 * What the rounds of one stage of a job ask for.
 *
 * @param rounds R of the stage
 * @param learners A that train at the same time, each shard of one counted
 * @param steps m
 * @param samples B of a learner in a step
 * @param gradients G, vectors that a backward pass computes: 1, or one of each reward and of the divergence
 * @param passes over a rollout before its first gradient
 * @param rewards that score each sample
 * @param all rewards of the job, which score the samples of an evaluation
 * @param tokens of a sample at most
 * @param parameters of the network
 * @param trained t / 4, numbers that a learner trains
 * @param rho numbers that go out to executors when a round starts
 * @param inMemory whether the driver holds the policy
 * @param evaluated samples of an evaluation between rounds, and of the first and the last one
 */
public record Load(
        int rounds,
        int learners,
        int steps,
        int samples,
        int microBatch,
        int updateBatch,
        int epochs,
        int minibatches,
        int gradients,
        int passes,
        List<String> rewards,
        List<String> all,
        int tokens,
        long parameters,
        long trained,
        long rho,
        boolean inMemory,
        int evaluated,
        int evaluatedAtEnds) {
    public Load {
        rewards = List.copyOf(rewards);
        all = List.copyOf(all);
    }

    /** One for each stage of a job, or for all of it. */
    public static List<Load> of(TrainJob job, NetworkConfig network) {
        List<Load> loads = new ArrayList<>();
        for (StageSettings stage : job.trainedStages(List.copyOf(job.rewards().keySet()))) {
            loads.add(of(job, network, stage));
        }
        return List.copyOf(loads);
    }

    private static Load of(TrainJob job, NetworkConfig network, StageSettings stage) {
        Trainable trainable = job.trainable(network);
        long parameters = network.layout().size();
        long trained = trainable.size(network);
        return new Load(
                stage.maxRounds(),
                job.learners(stage.rewards().size()) * job.shards(),
                job.stepsPerRound(),
                job.samplesPerStep() / job.shards(),
                job.microBatch(),
                job.updateBatch(),
                job.algorithm().epochs(),
                job.algorithm().minibatches(),
                job.gradients(stage.rewards().size()),
                job.passesBefore(),
                stage.rewards(),
                List.copyOf(job.rewards().keySet()),
                job.sampling().maxNewTokens(),
                parameters,
                trained,
                trainable instanceof LoraAdapters adapters
                        ? trained / adapters.lora().rank() * adapters.maxRank()
                        : trained,
                Float.BYTES * parameters <= (long) job.memory().driverMib() << 20,
                job.evaluation().roundSamples(),
                job.evaluation().samples());
    }

    /** Units of work of a learner's rollout. */
    long microBatches() {
        return microBatches(samples);
    }

    long microBatches(int of) {
        return (of + microBatch - 1L) / microBatch;
    }

    /** Samples of a minibatch. */
    double minibatch() {
        return (double) samples / minibatches;
    }

    /** Units of work of so many samples of an update. */
    long parts(double of) {
        return (long) Math.ceil(of / updateBatch);
    }

    /** Steps of the optimiser in a step of a learner. */
    int optimizerSteps() {
        return epochs * minibatches;
    }

    /** Samples that a round trains on. */
    long rows() {
        return (long) learners * samples * steps;
    }
}
