package io.solera.meter;

import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.SparkPlugin;
import org.jspecify.annotations.Nullable;

/**
 * Puts the numbers of a run, and the work of each executor, into Spark's metrics system, from which sinks such as
 * Prometheus read them. {@code spark.plugins} names it; nothing else depends on it. It is compiled for the oldest Java
 * that Spark runs on, so that an executor with such a Java starts, and its first task says what is wrong; it therefore
 * names the classes that it makes.
 */
public final class SoleraPlugin implements SparkPlugin {
    private static final double OLDEST_JAVA = 17;

    @Override
    public DriverPlugin driverPlugin() {
        return (DriverPlugin) made("io.solera.meter.DriverMeter");
    }

    /** None on an old Java. */
    @Override
    public @Nullable ExecutorPlugin executorPlugin() {
        double java = Double.parseDouble(System.getProperty("java.specification.version")); // 1.8, 11
        return java < OLDEST_JAVA ? null : (ExecutorPlugin) made("io.solera.meter.ExecutorMeter");
    }

    private static Object made(String name) {
        try {
            return Class.forName(name).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot make " + name, e);
        }
    }
}
