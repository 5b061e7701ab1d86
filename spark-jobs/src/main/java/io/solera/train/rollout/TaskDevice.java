package io.solera.train.rollout;

import io.solera.model.Device;
import io.solera.problem.RequestException;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/** The device that Spark gave to the calling task: its {@code gpu} resource, else the processor. */
public final class TaskDevice {
    private static final String GPU = "gpu";

    private TaskDevice() {}

    public static Device here() {
        TaskContext task = TaskContext.get();
        return task == null ? Device.CPU : of(task.resourcesJMap());
    }

    static Device of(Map<String, ResourceInformation> resources) {
        ResourceInformation gpus = resources.get(GPU);
        if (gpus == null) {
            return Device.CPU;
        }
        String[] addresses = gpus.addresses();
        if (addresses.length != 1) {
            throw new RequestException(
                    "Invalid spark.task.resource.gpu.amount: %d (must be at most 1: a task computes on one device)"
                            .formatted(addresses.length));
        }
        if (!addresses[0].matches("[0-9]{1,4}")) {
            throw new RequestException(("Invalid address of a gpu: %s (must be a number, as"
                            + " spark.executor.resource.gpu.discoveryScript prints it)")
                    .formatted(addresses[0]));
        }
        return new Device(Integer.parseInt(addresses[0]));
    }
}
