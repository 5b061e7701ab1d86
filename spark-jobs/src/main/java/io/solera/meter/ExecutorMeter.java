package io.solera.meter;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.Map;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.resource.ResourceInformation;

/** What {@code SoleraPlugin} adds to the metrics of an executor. */
final class ExecutorMeter implements ExecutorPlugin {
    private static final String GPU = "gpu";

    @Override
    public void init(PluginContext context, Map<String, String> settings) {
        MetricRegistry registry = context.metricRegistry();
        for (Work work : Work.values()) {
            registry.register(work.text(), work.counter());
        }
        registry.register("work.bytes_read", (Gauge<Long>) FileBytes.READ::count);
        registry.register("work.bytes_written", (Gauge<Long>) FileBytes.WRITTEN::count);
        ResourceInformation gpus = context.resources().get(GPU);
        for (String address : gpus == null ? new String[0] : gpus.addresses()) {
            GpuMemory memory = GpuMemory.of(address);
            registry.register("gpu." + address + ".bytes_used", (Gauge<Double>)
                    () -> memory.now().used());
            registry.register("gpu." + address + ".bytes_total", (Gauge<Double>)
                    () -> memory.now().total());
        }
    }
}
