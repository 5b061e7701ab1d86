package io.solera.meter;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.PluginContext;

/** What {@code SoleraPlugin} adds to the metrics of the driver. */
final class DriverMeter implements DriverPlugin {
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
