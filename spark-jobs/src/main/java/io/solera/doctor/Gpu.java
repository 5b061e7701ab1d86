package io.solera.doctor;

import io.solera.meter.GpuMemory;
import io.solera.model.Torch;
import java.util.Locale;
import org.apache.spark.SparkConf;

/** GPUs: what Spark was asked for, and the device that a task was given. */
final class Gpu {
    private static final String AMOUNT = "spark.%s.resource.gpu.amount";
    private static final String SCRIPT = "spark.%s.resource.gpu.discoveryScript";
    private static final String ANY = "0";

    private Gpu() {}

    /** Of the request alone: a process that Spark gives GPUs runs a script at its start, and dies without it. */
    static Outcome request(SparkConf conf) {
        for (String owner : new String[] {"driver", "executor"}) {
            if (conf.getInt(AMOUNT.formatted(owner), 0) > 0
                    && conf.get(SCRIPT.formatted(owner), "").isBlank()) {
                return Outcome.failed(
                        "%s is %s, and %s is not set: the process ends at its start"
                                .formatted(
                                        AMOUNT.formatted(owner),
                                        conf.get(AMOUNT.formatted(owner)),
                                        SCRIPT.formatted(owner)),
                        "set it to the discovery script of deploy, on each machine at the same path (docs/gpu.md)");
            }
        }
        boolean executors = conf.getInt(AMOUNT.formatted("executor"), 0) > 0;
        if (executors && conf.getDouble(AMOUNT.formatted("task"), 0) == 0) {
            return Outcome.failed(
                    "executors have GPUs, and tasks get none: %s is not set".formatted(AMOUNT.formatted("task")),
                    "set it to 1");
        }
        return Outcome.ok(
                executors
                        ? "asked for, found by " + conf.get(SCRIPT.formatted("executor"))
                        : "none is asked for: tasks compute on the processor");
    }

    /** What a task was given. */
    static Outcome ofTask(Machine machine) {
        if (machine.device().isCpu()) {
            return GpuMemory.ofThisMachine(ANY).isKnown()
                    ? Outcome.warning(
                            "this machine has a GPU, and tasks compute on the processor",
                            "give executors and tasks GPUs (docs/gpu.md)")
                    : Outcome.ok("none: the processor computes");
        }
        String torch = Torch.version(machine.device());
        GpuMemory.Reading memory =
                GpuMemory.ofThisMachine(String.valueOf(machine.device().gpu()));
        String used = String.format(
                Locale.ROOT, "%.0f of %.0f MiB used", memory.used() / (1 << 20), memory.total() / (1 << 20));
        return Outcome.ok("%s, PyTorch %s, %s"
                .formatted(machine.device(), torch, memory.isKnown() ? used : "memory not known: no nvidia-smi"));
    }
}
