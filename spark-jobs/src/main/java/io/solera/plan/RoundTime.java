package io.solera.plan;

import io.solera.train.ExecutionPlan;

/**
 * Seconds of a round, part by part, in the order that they run. A unit of work takes its seconds times the slowdown of
 * as many as run at once; units come in waves over the slots.
 *
 * @param steps what steps take in addition to their tasks
 * @param exchange bytes that wait for the network
 */
public record RoundTime(
        double rollouts,
        double scoring,
        double updates,
        double steps,
        double exchange,
        double evaluation,
        double commit) {
    /** @param bandwidth bytes per second of a machine's network */
    static RoundTime of(
            Load load, Rates rates, Cluster cluster, ExecutionPlan.Way way, RoundBytes bytes, double bandwidth) {
        double micro = rates.microBatch(load);
        double score = rates.scoring(load.rewards()) * Math.min(load.microBatch(), load.samples());
        double last = (double) load.samples() / load.microBatch() / load.microBatches();
        double unit = micro * last;
        int a = load.learners();
        int m = load.steps();
        double rollouts;
        double scoring;
        double updates;
        double steps;
        if (way == ExecutionPlan.Way.FUSED) {
            rollouts = cluster.waves(a, m * load.microBatches() * unit);
            scoring = cluster.waves(a, m * rates.scoring(load.rewards()) * load.samples());
            updates = cluster.waves(a, m * rates.update(load));
            steps = 0;
        } else {
            rollouts = m * cluster.waves(a * load.microBatches(), unit);
            scoring = m * cluster.waves(a * load.microBatches(), score);
            if (way == ExecutionPlan.Way.STAGED) {
                updates = m * cluster.waves(a, rates.update(load));
                steps = m * rates.rest().stagedStep();
            } else {
                updates = m * shared(load, rates, cluster);
                steps = m * (2 + load.optimizerSteps()) * rates.rest().sharedStage();
            }
        }
        return new RoundTime(
                rollouts,
                scoring,
                updates,
                steps,
                bytes.seconds(cluster, bandwidth),
                evaluation(load, rates, cluster, load.evaluated()),
                rates.rest().round() + rates.rest().row() * load.rows());
    }

    /** Updates of a step whose passes all slots compute: the rollout in parts, then each minibatch in parts. */
    private static double shared(Load load, Rates rates, Cluster cluster) {
        double tokens = rates.tokens(load);
        long seen = load.parts(load.samples());
        long parts = load.parts(load.minibatch());
        double first = load.passes() * rates.seenToken(load) * tokens * load.samples() / seen;
        double each = rates.gradientToken(load) * tokens * load.minibatch() / parts;
        return cluster.shared(load.learners(), seen, first)
                + load.optimizerSteps()
                        * (cluster.shared(load.learners(), parts, each) + load.learners() * rates.optimizerStep(load));
    }

    /** Seconds of an evaluation. */
    static double evaluation(Load load, Rates rates, Cluster cluster, int samples) {
        if (samples == 0) {
            return 0;
        }
        long units = load.microBatches(samples);
        double each = (double) samples / units;
        double unit = rates.microBatch(load) * each / load.microBatch()
                + each * (rates.scoring(load.all()) + 2 * rates.seenToken(load) * rates.tokens(load));
        return cluster.waves(units, unit)
                + rates.rest().evaluation()
                + rates.rest().evaluatedSample() * samples;
    }

    double sum() {
        return rollouts + scoring + updates + steps + exchange + evaluation + commit;
    }
}
