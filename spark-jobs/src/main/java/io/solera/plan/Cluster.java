package io.solera.plan;

import io.solera.problem.SettingException;
import java.util.List;

/**
 * The executors that a job is planned for.
 *
 * @param executors n
 * @param slots k, tasks that each runs at a time
 * @param machines that executors are spread over evenly
 * @param cores of a machine; more tasks than that share them
 * @param slowdown how many times as long as alone a task takes next to others on its machine: of 1 task, of 2, ...
 */
public record Cluster(int executors, int slots, int machines, int cores, List<Double> slowdown) {
    public Cluster {
        require("--executors", executors);
        require("--slots", slots);
        require("--machines", machines);
        if (machines > executors) {
            throw new SettingException("--machines", machines, "must be at most --executors, %d".formatted(executors));
        }
        slowdown = List.copyOf(slowdown);
        if (cores < 1 || slowdown.isEmpty()) {
            throw new IllegalArgumentException("Cannot plan on %d cores with %s".formatted(cores, slowdown));
        }
    }

    private static void require(String option, int value) {
        if (value < 1) {
            throw new SettingException(option, value, "must be at least 1");
        }
    }

    /** n k, tasks that run at a time. */
    public int tasks() {
        return executors * slots;
    }

    /** Executors that run some of so many tasks. */
    public int busy(long tasks) {
        return (int) Math.min(executors, Math.max(1, tasks));
    }

    /** Executors of one machine. */
    public int perMachine() {
        return (executors + machines - 1) / machines;
    }

    /** h(q) of q tasks on the fullest machine, where so many run on all: measured up to the cores, then shared out. */
    public double slowdown(long running) {
        long q = Math.max(1, (Math.min(running, tasks()) + machines - 1) / machines);
        double measured = slowdown.get((int) Math.min(q, slowdown.size()) - 1);
        return measured * Math.max(1, (double) q / cores);
    }

    /** Seconds of units of work of equal length: full waves over all slots, and what is left. */
    public double waves(long units, double each) {
        long left = units % tasks();
        long whole = units / tasks();
        return each * (whole * slowdown(tasks()) + (left == 0 ? 0 : slowdown(left)));
    }

    /** The same of several chains whose stages fill each other's gaps: no chain is faster than alone. */
    public double shared(int chains, long unitsOfEach, double each) {
        long all = chains * unitsOfEach;
        double work = each * all / Math.min(all, tasks()) * slowdown(all);
        return all == 0 ? 0 : Math.max(waves(unitsOfEach, each), work);
    }
}
