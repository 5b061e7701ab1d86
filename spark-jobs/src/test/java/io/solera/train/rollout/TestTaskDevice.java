package io.solera.train.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.model.Device;
import io.solera.model.NetworkPool;
import io.solera.train.TinyRun;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ResourceInformation;
import org.junit.jupiter.api.Test;

/** Where a task computes. */
class TestTaskDevice {
    private static Map<String, ResourceInformation> gpus(String... addresses) {
        return Map.of("gpu", new ResourceInformation("gpu", addresses));
    }

    @Test
    void takesWhatSparkGave() {
        assertThat(TaskDevice.of(Map.of())).isEqualTo(Device.CPU);
        assertThat(TaskDevice.of(Map.of("fpga", new ResourceInformation("fpga", new String[] {"1"}))))
                .isEqualTo(Device.CPU);
        assertThat(TaskDevice.of(gpus("3"))).isEqualTo(new Device(3));
    }

    @Test
    void withoutResourcesItIsTheProcessor() {
        assertThat(TaskDevice.here()).isEqualTo(Device.CPU);
        List<Integer> inTasks = JavaSparkContext.fromSparkContext(
                        TinyRun.spark().sparkContext())
                .parallelize(List.of(1, 2), 2)
                .map(one -> TaskDevice.here().gpu())
                .collect();
        assertThat(inTasks).containsExactly(-1, -1);
    }

    @Test
    void refusesWhatItCannotCount() {
        assertThatThrownBy(() -> TaskDevice.of(gpus("0", "1")))
                .hasMessageStartingWith("Invalid spark.task.resource.gpu.amount: 2 (must be at most 1");
        assertThatThrownBy(() -> TaskDevice.of(gpus("MIG-1f")))
                .hasMessageStartingWith("Invalid address of a gpu: MIG-1f");
    }

    @Test
    void aGpuWithoutCudaIsRefusedByName() {
        assertThatThrownBy(() -> NetworkPool.lease(TinyRun.policy().config(), new Device(0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Cannot compute on GPU 0: PyTorch here is the one for processors");
    }
}
