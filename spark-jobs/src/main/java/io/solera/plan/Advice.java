package io.solera.plan;

import io.solera.train.ExecutionPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a plan's parts wait for, in words, with the setting that would change it. */
record Advice(Plan.Request request, Load load, Cluster cluster, Rates rates, ExecutionPlan.Way way, Memory memory) {
    String rollouts() {
        return way == ExecutionPlan.Way.FUSED
                ? tasks(load.learners(), "learner")
                : tasks(load.learners() * load.microBatches(), "micro-batch");
    }

    String updates() {
        return way == ExecutionPlan.Way.FUSED || way == ExecutionPlan.Way.STAGED
                ? tasks(load.learners(), "learner")
                : tasks(load.learners() * load.parts(load.minibatch()), "part");
    }

    String steps() {
        return way == ExecutionPlan.Way.FUSED ? "-" : "driver, network";
    }

    String evaluation() {
        return tasks(load.microBatches(load.evaluated()), "micro-batch");
    }

    private String tasks(long units, String what) {
        String count = "%d %s%s".formatted(units, what, units == 1 ? "" : what.endsWith("h") ? "es" : "s");
        int slots = cluster.tasks();
        if (units < slots) {
            return "%s for %d slots".formatted(count, slots);
        }
        long waves = (units + slots - 1) / slots;
        int q = cluster.perMachine() * cluster.slots();
        String cores = q > cluster.cores() ? ", %d slots on %d cores".formatted(q, cluster.cores()) : "";
        return "%s in %d wave%s%s".formatted(count, waves, waves == 1 ? "" : "s", cores);
    }

    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        int slots = cluster.tasks();
        long drawn = load.learners() * load.microBatches();
        boolean apart = way == ExecutionPlan.Way.FUSED || way == ExecutionPlan.Way.STAGED;
        if (apart && load.learners() < slots) {
            warnings.add(
                    ("%d of %d slots have no update (a task each for %d learners): execution=auto shares updates out,"
                                    + " shards gives each learner more tasks")
                            .formatted(slots - load.learners(), slots, load.learners()));
        }
        long parts = load.learners() * load.parts(load.minibatch());
        if (!apart && parts < slots) {
            warnings.add(("%d of %d slots have no part of a minibatch (%d parts): a smaller update-batch, larger"
                            + " samples-per-step or fewer algorithm.minibatches gives more")
                    .formatted(slots - parts, slots, parts));
        }
        if (way != ExecutionPlan.Way.FUSED && drawn < slots) {
            warnings.add(("%d of %d slots draw nothing (%d micro-batches): a smaller micro-batch or larger"
                            + " samples-per-step gives more")
                    .formatted(slots - drawn, slots, drawn));
        }
        int q = cluster.perMachine() * cluster.slots();
        if (q > cluster.cores()) {
            warnings.add("%d slots share %d cores of a machine: more than %d bring nothing"
                    .formatted(q, cluster.cores(), cluster.cores()));
        }
        double needed = memory.executor() * cluster.perMachine() + (cluster.machines() == 1 ? memory.driver() : 0);
        if (needed > request.machineMib()) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "memory does not suffice: a machine needs %.1f GiB and has %.1f (lower --slots, memory.budget-mib,"
                            + " micro-batch or sampling.max-new-tokens, or train adapters with lora)",
                    needed / 1024,
                    request.machineMib() / 1024));
        }
        return List.copyOf(warnings);
    }

    List<String> assumptions() {
        List<String> assumptions = new ArrayList<>();
        assumptions.add("rates are those of " + rates.source());
        assumptions.add(String.format(
                Locale.ROOT,
                "a sample has %.1f tokens, as where rates were measured; a policy that learns may write longer ones",
                rates.tokens(load)));
        if (rates.slowdown().size() > 1) {
            assumptions.add(String.format(
                    Locale.ROOT,
                    "%d tasks next to each other on a machine take %.2f times as long as one, as measured",
                    rates.slowdown().size(),
                    rates.slowdown().get(rates.slowdown().size() - 1)));
        }
        if (rates.parameters() != load.parameters()) {
            assumptions.add(String.format(
                    Locale.ROOT,
                    "time per token grows with the parameters, from %,d to %,d; larger matrices are faster per"
                            + " parameter, and another machine or a GPU has its own rate",
                    rates.parameters(),
                    load.parameters()));
        }
        if (!rates.memory().apart()) {
            assumptions.add("driver and executor need as much for the program itself as one process that was both");
        }
        assumptions.add(
                String.format(Locale.ROOT, "a machine's network moves %.0f MiB/s", request.bandwidth() / (1 << 20)));
        return List.copyOf(assumptions);
    }
}
