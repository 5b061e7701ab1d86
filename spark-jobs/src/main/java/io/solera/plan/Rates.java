package io.solera.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What units of work took where they were measured: seconds of a task that runs alone, bytes, and MiB.
 *
 * @param source where they are from, in words
 * @param cores of the machine
 * @param algorithm of the updates
 * @param parameters of the network
 * @param trained numbers that a learner trained
 * @param gradients that a backward pass computed
 * @param tokens of a sample, on average
 * @param tokensAtMost that a sample could have
 * @param perMicroBatch g0, of generation: what a micro-batch takes however many tokens it has
 * @param perToken g1, of generation
 * @param scoring of a sample, by reward
 * @param perSeenToken s, of a pass without a gradient
 * @param perGradientToken g, of a pass with its gradient
 * @param perOptimizerStep p, what a minibatch takes however many samples it has
 * @param rest what rounds and evaluations take in addition to their tasks
 * @param slowdown of a task next to others on its machine: of 1, 2, ... at once
 * @param moved bytes
 * @param memory of the program itself
 */
public record Rates(
        String source,
        int cores,
        String algorithm,
        long parameters,
        long trained,
        int gradients,
        double tokens,
        int tokensAtMost,
        double perMicroBatch,
        double perToken,
        Map<String, Double> scoring,
        double perSeenToken,
        double perGradientToken,
        double perOptimizerStep,
        Rest rest,
        List<Double> slowdown,
        Moved moved,
        Base memory) {
    /**
     * Seconds in addition to tasks.
     *
     * @param evaluation of an evaluation
     * @param evaluatedSample of each of its samples
     * @param round of a round
     * @param row of each of its samples
     * @param stagedStep of a step, where steps are staged
     * @param sharedStage of each stage of a step, where updates are shared
     */
    public record Rest(
            double evaluation,
            double evaluatedSample,
            double round,
            double row,
            double stagedStep,
            double sharedStage) {
        static final Rest NOTHING = new Rest(0, 0, 0, 0, 0, 0);
    }

    /**
     * @param broadcast bytes that an executor gets of each byte that is sent out, which Spark compresses
     * @param task bytes that an executor gets in addition, of each stage
     * @param returnedSample of a sample that the driver collects
     * @param learnedSample of a sample in what an update returns
     * @param shuffledSample of a sample on its way to its learner's task
     */
    public record Moved(
            double broadcast, double task, double returnedSample, double learnedSample, double shuffledSample) {
        /** As measured for docs/plan.md, of samples of 40 tokens and three rewards. */
        static final Moved TYPICAL = new Moved(1, 10_000, 1_000, 10, 500);
    }

    /**
     * MiB that a process has resident in addition to what {@link io.solera.train.memory.MemoryNeed} counts.
     *
     * @param apart whether driver and executor were processes of their own
     */
    public record Base(double driver, double executor, boolean apart) {}

    public Rates {
        scoring = Collections.unmodifiableMap(new LinkedHashMap<>(scoring));
        slowdown = List.copyOf(slowdown);
    }

    Rates with(Rest other) {
        return new Rates(
                source,
                cores,
                algorithm,
                parameters,
                trained,
                gradients,
                tokens,
                tokensAtMost,
                perMicroBatch,
                perToken,
                scoring,
                perSeenToken,
                perGradientToken,
                perOptimizerStep,
                other,
                slowdown,
                moved,
                memory);
    }

    /** Seconds of scoring a sample by these rewards; NaN where one of them was not measured. */
    double scoring(List<String> rewards) {
        return rewards.stream()
                .mapToDouble(name -> scoring.getOrDefault(name, Double.NaN))
                .sum();
    }

    /** Tokens of a sample of a job. */
    double tokens(Load load) {
        return Math.min(tokens, load.tokens());
    }

    /** How many times the work of the measured network a token of the job's is. */
    double network(Load load) {
        return (double) load.parameters() / parameters;
    }

    /** Seconds of drawing a whole micro-batch. */
    double microBatch(Load load) {
        return network(load) * (perMicroBatch + perToken * load.microBatch() * tokens(load));
    }

    /** Seconds of a backward pass over a token: a forward pass, and two times that for each gradient. */
    double gradientToken(Load load) {
        return network(load) * perGradientToken * (1 + 2.0 * load.gradients()) / (1 + 2.0 * gradients);
    }

    /** Seconds of a pass without a gradient over a token. */
    double seenToken(Load load) {
        return network(load) * perSeenToken;
    }

    /** Seconds of a step of the optimiser. */
    double optimizerStep(Load load) {
        return perOptimizerStep * load.trained() / trained;
    }

    /** Seconds of the update of one learner in one task. */
    double update(Load load) {
        double tokens = load.samples() * tokens(load);
        return load.passes() * seenToken(load) * tokens
                + gradientToken(load) * load.epochs() * tokens
                + optimizerStep(load) * load.optimizerSteps();
    }
}
