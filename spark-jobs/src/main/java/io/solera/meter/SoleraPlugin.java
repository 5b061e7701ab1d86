package io.solera.meter;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.resource.ResourceInformation;

/**
 * Puts the numbers of a run, and the work of each executor, into Spark's metrics system, from which sinks such as
 * Prometheus read them. {@code spark.plugins} names it; nothing else depends on it.
 */
public final class SoleraPlugin implements SparkPlugin {
    private static final String GPU = "gpu";

    @Override
    public DriverPlugin driverPlugin() {
        return new OnDriver();
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return new OnExecutor();
    }

    private static final class OnDriver implements DriverPlugin {
        private final MovedBytes moved = new MovedBytes();
        private MetricRegistry registry = new MetricRegistry();

        @Override
        public Map<String, String> init(SparkContext spark, PluginContext context) {
            spark.addSparkListener(moved);
            return Map.of();
        }

        @Override
        public void registerMetrics(String application, PluginContext context) {
            registry = context.metricRegistry();
            registry.register("application.bytes_shuffled", (Gauge<Long>) moved::shuffled);
            registry.register("application.bytes_returned", (Gauge<Long>) moved::returned);
            registry.register("application.bytes_broadcast", (Gauge<Long>) moved::broadcast);
            registry.register("driver.bytes_read", (Gauge<Long>) FileBytes.READ::count);
            registry.register("driver.bytes_written", (Gauge<Long>) FileBytes.WRITTEN::count);
            RunMeter.attach(registry);
        }

        @Override
        public void shutdown() {
            RunMeter.detach(registry);
        }
    }

    private static final class OnExecutor implements ExecutorPlugin {
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
                GpuMemory memory = new GpuMemory("nvidia-smi", address);
                registry.register("gpu." + address + ".bytes_used", (Gauge<Double>)
                        () -> memory.now().used());
                registry.register("gpu." + address + ".bytes_total", (Gauge<Double>)
                        () -> memory.now().total());
            }
        }
    }
}
