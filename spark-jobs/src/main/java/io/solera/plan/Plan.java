package io.solera.plan;

import io.solera.checkpoint.NetworkConfig;
import io.solera.config.TrainJob;
import io.solera.lang.EnumText;
import io.solera.problem.RequestException;
import io.solera.train.ExecutionPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a job will take on a cluster.
 *
 * @param way that the steps of its first stage run, and why
 * @param parts of a round of its first stage
 * @param roundSeconds of it
 * @param rounds of all stages
 * @param seconds of the run: its rounds, the first evaluation, and the last one
 * @param bytes that move in it
 * @param bytesToExecutors of them
 * @param driverMib resident
 * @param executorMib resident, of each executor
 * @param cost of the executors' hours; NaN without a price
 */
public record Plan(
        Cluster cluster,
        String way,
        List<Part> parts,
        double roundSeconds,
        int rounds,
        double seconds,
        double bytes,
        double bytesToExecutors,
        double driverMib,
        double executorMib,
        double cost,
        List<String> warnings,
        List<String> assumptions) {
    /**
     * @param down bytes to executors
     * @param up bytes to the driver
     * @param limit what it waits for
     */
    public record Part(String name, double seconds, double share, double down, double up, String limit) {}

    /**
     * What is planned for.
     *
     * @param longestPrompt in tokens, the begin token included
     * @param bandwidth bytes per second of a machine's network
     * @param pricePerHour of an executor; NaN: not known
     * @param machineMib memory of a machine; NaN: not known
     */
    public record Request(
            TrainJob job,
            NetworkConfig network,
            int longestPrompt,
            double bandwidth,
            double pricePerHour,
            double machineMib) {}

    public Plan {
        parts = List.copyOf(parts);
        warnings = List.copyOf(warnings);
        assumptions = List.copyOf(assumptions);
    }

    public static Plan of(Request request, Cluster cluster, Rates rates) {
        TrainJob job = request.job();
        List<Load> loads = Load.of(job, request.network());
        Load first = loads.get(0);
        requireMeasured(job, loads, rates);
        double seconds = 0;
        double down = 0;
        double up = 0;
        int rounds = 0;
        for (Load load : loads) {
            RoundBytes bytes =
                    RoundBytes.of(load, rates, cluster, way(job, load, cluster).way());
            RoundTime time = time(request, load, rates, cluster, bytes);
            seconds += load.rounds() * time.sum();
            down += load.rounds() * bytes.down();
            up += load.rounds() * bytes.up();
            rounds += load.rounds();
        }
        // the first policy, and the last one in place of the evaluation between rounds
        int ends = first.evaluatedAtEnds();
        seconds += 2 * RoundTime.evaluation(first, rates, cluster, ends)
                - RoundTime.evaluation(first, rates, cluster, first.evaluated());
        down += cluster.executors() * rates.moved().broadcast() * Float.BYTES * (double) first.parameters()
                + 2 * RoundBytes.evaluationDown(first, rates, cluster, ends)
                - RoundBytes.evaluationDown(first, rates, cluster, first.evaluated());
        up += 2 * RoundBytes.evaluationUp(rates, ends) - RoundBytes.evaluationUp(rates, first.evaluated());
        ExecutionPlan way = way(job, first, cluster);
        RoundBytes bytes = RoundBytes.of(first, rates, cluster, way.way());
        RoundTime time = time(request, first, rates, cluster, bytes);
        Memory memory = Memory.of(
                job,
                request.network(),
                loads,
                request.longestPrompt(),
                rates.memory(),
                cluster.slots(),
                tasks(job, cluster));
        Advice advice = new Advice(request, first, cluster, rates, way.way(), memory);
        return new Plan(
                cluster,
                way.toString(),
                parts(time, bytes, advice),
                time.sum(),
                rounds,
                seconds,
                down + up,
                down,
                memory.driver(),
                memory.executor(),
                request.pricePerHour() * cluster.executors() * seconds / 3600,
                advice.warnings(),
                advice.assumptions());
    }

    private static RoundTime time(Request request, Load load, Rates rates, Cluster cluster, RoundBytes bytes) {
        ExecutionPlan.Way way = way(request.job(), load, cluster).way();
        return RoundTime.of(load, rates, cluster, way, bytes, request.bandwidth());
    }

    private static ExecutionPlan way(TrainJob job, Load load, Cluster cluster) {
        return ExecutionPlan.of(job, load.learners(), tasks(job, cluster), false, load.trained());
    }

    private static int tasks(TrainJob job, Cluster cluster) {
        return job.partitions() > 0 ? job.partitions() : cluster.tasks();
    }

    private static List<Part> parts(RoundTime time, RoundBytes bytes, Advice advice) {
        List<Part> parts = new ArrayList<>();
        double all = time.sum();
        parts.add(part("rollouts", time.rollouts(), all, 0, 0, advice.rollouts()));
        parts.add(part("scoring", time.scoring(), all, 0, 0, advice.rollouts()));
        parts.add(part("updates", time.updates(), all, 0, bytes.samplesUp(), advice.updates()));
        parts.add(part("steps", time.steps(), all, bytes.stepsDown(), bytes.stepsUp(), advice.steps()));
        parts.add(part("exchange and blend", time.exchange(), all, bytes.start(), bytes.end(), "network, driver"));
        parts.add(part(
                "evaluation",
                time.evaluation(),
                all,
                bytes.evaluationDown(),
                bytes.evaluationUp(),
                time.evaluation() == 0 ? "-" : advice.evaluation()));
        parts.add(part("commit", time.commit(), all, bytes.stages(), 0, "driver"));
        return parts;
    }

    private static Part part(String name, double seconds, double all, double down, double up, String limit) {
        return new Part(name, seconds, seconds / all, down, up, limit);
    }

    /** Refuses a job of which a part was not measured. */
    private static void requireMeasured(TrainJob job, List<Load> loads, Rates rates) {
        for (Load load : loads) {
            for (String reward : load.all()) {
                if (!rates.scoring().containsKey(reward)) {
                    throw new RequestException(
                            "Cannot plan: %s has no reward %s (it has %s; measure the job itself with --calibrate)"
                                    .formatted(
                                            rates.source(),
                                            reward,
                                            String.join(", ", rates.scoring().keySet())));
                }
            }
        }
        String algorithm = EnumText.of(job.algorithm().name());
        if (!rates.algorithm().equals(algorithm)) {
            throw new RequestException(
                    "Cannot plan: %s is of algorithm %s, the job's is %s (measure the job itself with --calibrate)"
                            .formatted(rates.source(), rates.algorithm(), algorithm.toLowerCase(Locale.ROOT)));
        }
    }
}
