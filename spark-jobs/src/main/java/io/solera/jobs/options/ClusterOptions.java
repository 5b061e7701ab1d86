package io.solera.jobs.options;

import io.solera.plan.Cluster;
import io.solera.plan.Rates;
import io.solera.problem.SettingException;
import io.solera.train.memory.ResidentMemory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The cluster that a job is planned for. */
public final class ClusterOptions {
    /** 10 Gbit/s. */
    private static final String NETWORK = "1192";

    @Option(names = "--executors", required = true, paramLabel = "N", description = "Executors of the cluster.")
    private int executors;

    @Option(
            names = "--slots",
            defaultValue = "1",
            paramLabel = "K",
            description = "Tasks that an executor runs at a time (default: ${DEFAULT-VALUE}).")
    private int slots;

    @Option(
            names = "--machines",
            paramLabel = "N",
            description = "Machines like the measured one that executors are spread over evenly (default: one for each"
                    + " executor).")
    private @Nullable Integer machines;

    @Option(
            names = "--machine-gib",
            paramLabel = "GIB",
            description = "Memory of a machine, for a warning where it does not suffice (default: this machine's).")
    private @Nullable Double memory;

    @Option(
            names = "--bandwidth-mib",
            defaultValue = NETWORK,
            paramLabel = "MIB",
            description = "MiB per second of a machine's network (default: ${DEFAULT-VALUE}, 10 Gbit/s).")
    private double bandwidth;

    @Option(
            names = "--price-per-hour",
            paramLabel = "PRICE",
            description = "Price of an executor per hour, in any currency: adds the cost of the run.")
    private @Nullable Double price;

    /** Refuses what no rates could mend. */
    public void check() {
        require("--executors", executors);
        require("--slots", slots);
        require("--machine-gib", memory);
        require("--bandwidth-mib", bandwidth);
        require("--price-per-hour", price);
    }

    private static void require(String option, @Nullable Number value) {
        if (value != null && !(value.doubleValue() > 0 && Double.isFinite(value.doubleValue()))) {
            throw new SettingException(
                    option, value, value instanceof Integer ? "must be at least 1" : "must be above 0");
        }
    }

    public Cluster of(Rates rates) {
        return new Cluster(executors, slots, machines == null ? executors : machines, rates.cores(), rates.slowdown());
    }

    /** Bytes per second. */
    public double bandwidth() {
        return bandwidth * (1 << 20);
    }

    /** NaN: not given. */
    public double price() {
        return price == null ? Double.NaN : price;
    }

    public double machineMib() {
        return memory == null ? ResidentMemory.ofMachine() / (double) (1 << 20) : 1024 * memory;
    }
}
