package io.solera.plan;

import io.solera.train.ExecutionPlan;

/**
 * Bytes that move in a round, counted where they arrive: at executors (broadcasts, states in the work folder, shuffled
 * samples), or at the driver (results of tasks, what learners trained). t is the bytes of what a learner trains.
 *
 * @param start rho, out to each executor
 * @param end the A thetas, which the driver reads twice: for their products, and for their sum
 * @param stepsDown of the m steps, to executors
 * @param stepsUp of the m steps, to the driver
 * @param samplesUp of what updates report of samples
 * @param evaluationDown rho again, and descriptions of tasks
 * @param evaluationUp samples of the evaluation
 * @param stages descriptions of all other tasks, to executors
 */
public record RoundBytes(
        double start,
        double end,
        double stepsDown,
        double stepsUp,
        double samplesUp,
        double evaluationDown,
        double evaluationUp,
        double stages) {
    static RoundBytes of(Load load, Rates rates, Cluster cluster, ExecutionPlan.Way way) {
        Rates.Moved moved = rates.moved();
        int a = load.learners();
        int m = load.steps();
        int n = cluster.executors();
        double t = Float.BYTES * (double) load.trained();
        double rho = Float.BYTES * (double) load.rho();
        double out = out(load, rates);
        double samples = (double) a * load.samples();
        // a learner's micro-batches follow each other, so that an executor draws from few learners
        long readers = Math.min((long) n * a, a + cluster.tasks() - 1L);
        boolean fused = way == ExecutionPlan.Way.FUSED;
        int starting = fused ? cluster.busy(a) : cluster.busy(a * load.microBatches());
        double between = fused ? 0 : (m - 1) * readers * t;
        double stepsDown = between;
        double stepsUp = 0;
        int stages = 1;
        switch (way) {
            case FUSED -> {}
            case STAGED -> {
                stepsDown += (m - 1) * a * 3 * t + m * samples * moved.shuffledSample();
                stages = 2 * m;
            }
            case SHARED -> {
                // theta goes out for each minibatch; of adapters with the ranks of the rounds before
                double theta = t + (load.rho() == load.trained() ? 0 : rho);
                int others = cluster.busy(load.parts(load.minibatch()));
                // the first may be read by a pass over the whole rollout, too
                int first = load.passes() > 1 ? cluster.busy(load.parts(load.samples())) : others;
                stepsDown += m * (double) a * (first + (load.optimizerSteps() - 1.0) * others) * out * theta;
                stepsUp = m * (a * sums(load, cluster) * t + seen(load, rates));
                stages = m * (1 + a * (1 + load.optimizerSteps()));
            }
            case BLOCKS -> {
                // theta, moments and the sum of each block are read, and sums of parts go from task to task
                stepsDown += m * (double) a * (load.optimizerSteps() * (n + 3.0) * t + sums(load, cluster) * t);
                stepsUp = m * seen(load, rates);
                stages = m * (1 + a * (1 + 3 * load.optimizerSteps()));
            }
        }
        boolean held = way == ExecutionPlan.Way.SHARED;
        return new RoundBytes(
                starting * out * rho,
                held ? 0 : 2 * a * t,
                stepsDown,
                stepsUp,
                load.rows() * moved.learnedSample(),
                evaluationDown(load, rates, cluster, load.evaluated()),
                evaluationUp(rates, load.evaluated()),
                moved.task() * n * (stages + 1));
    }

    /** Sums that tasks send on, of all minibatches of a step of a learner: what of the tree of parts none has whole. */
    private static double sums(Load load, Cluster cluster) {
        long parts = load.parts(load.minibatch());
        long tasks = Math.min(parts, cluster.tasks());
        long nodes = 0;
        for (long task = 0; task < tasks; task++) {
            nodes += nodes(task * parts / tasks, (task + 1) * parts / tasks);
        }
        return (double) load.optimizerSteps() * nodes * load.gradients();
    }

    /** Nodes of a binary tree that leaves {@code first} to {@code end - 1} are all of. */
    static int nodes(long first, long end) {
        int nodes = 0;
        for (long at = first; at < end; nodes++) {
            long size = at == 0 ? Long.highestOneBit(end) : Long.lowestOneBit(at);
            while (at + size > end) {
                size /= 2;
            }
            at += size;
        }
        return nodes;
    }

    /** The rollout of a step, with a critic's values and the log-probabilities of all passes. */
    private static double seen(Load load, Rates rates) {
        double samples = (double) load.learners() * load.samples();
        return samples
                * (rates.moved().returnedSample()
                        + (1 + load.passes() + load.epochs()) * Float.BYTES * rates.tokens(load));
    }

    double down() {
        return start + stepsDown + evaluationDown + stages;
    }

    double up() {
        return end + stepsUp + samplesUp + evaluationUp;
    }

    /** Bytes to executors of one evaluation of so many samples; none of none. */
    static double evaluationDown(Load load, Rates rates, Cluster cluster, int samples) {
        if (samples == 0) {
            return 0;
        }
        return cluster.busy(load.microBatches(samples)) * out(load, rates) * Float.BYTES * load.rho()
                + 2 * rates.moved().task() * cluster.executors();
    }

    /** Bytes that an executor gets of each byte of a policy: what is read from files is not compressed. */
    private static double out(Load load, Rates rates) {
        return load.inMemory() ? rates.moved().broadcast() : 1;
    }

    /** Bytes to the driver of one evaluation of so many samples. */
    static double evaluationUp(Rates rates, int samples) {
        return samples * rates.moved().returnedSample();
    }

    /**
     * Seconds that a round waits for the network: an executor's share in log2(n + 1) generations, as pieces of a
     * broadcast go from executor to executor, and what the driver gets one after the other.
     */
    double seconds(Cluster cluster, double bandwidth) {
        double generations = Math.log(cluster.executors() + 1.0) / Math.log(2);
        return (down() / cluster.executors() * generations + up()) / bandwidth;
    }
}
