package io.solera.plan;

import io.solera.checkpoint.NetworkConfig;
import io.solera.config.TrainJob;
import io.solera.train.ExecutionPlan;
import io.solera.train.memory.MemoryNeed;
import java.util.List;

/**
 * MiB that the driver and an executor have resident: what {@link MemoryNeed} counts, and the program itself as
 * measured.
 *
 * @param driver with what it holds between steps
 * @param executor with its tasks
 */
public record Memory(double driver, double executor) {
    private static final double MIB = 1 << 20;

    /**
     * @param longestPrompt in tokens, the begin token included
     * @param slots of an executor
     * @param tasks that run at a time on all of them
     */
    static Memory of(
            TrainJob job,
            NetworkConfig network,
            List<Load> loads,
            int longestPrompt,
            Rates.Base base,
            int slots,
            int tasks) {
        MemoryNeed need = need(job, network, loads, longestPrompt, slots, tasks);
        return new Memory(base.driver() + driver(need), base.executor() + executor(need));
    }

    static MemoryNeed need(
            TrainJob job, NetworkConfig network, List<Load> loads, int longestPrompt, int slots, int tasks) {
        Load most = loads.get(0);
        for (Load load : loads) {
            most = load.learners() > most.learners() ? load : most;
        }
        return MemoryNeed.ofTraining(
                job,
                network,
                Float.BYTES * most.trained(),
                most.inMemory(),
                ExecutionPlan.of(job, most.learners(), tasks, false, most.trained())
                        .isShared(),
                longestPrompt,
                most.learners(),
                slots);
    }

    /** Of a driver with executors elsewhere. */
    static double driver(MemoryNeed need) {
        return sum(need.held()) + sum(need.driver());
    }

    static double executor(MemoryNeed need) {
        return sum(need.tasks()) + sum(need.outside());
    }

    /** Of one process that is both. */
    static double together(MemoryNeed need) {
        return sum(need.held()) + Math.max(sum(need.driver()), sum(need.tasks())) + sum(need.outside());
    }

    private static double sum(List<MemoryNeed.Part> parts) {
        return parts.stream().mapToLong(MemoryNeed.Part::bytes).sum() / MIB;
    }
}
