package io.solera.meter;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Numbers of the run that this driver works on, by name, as gauges wherever the plugin has a registry. Without the
 * plugin they are numbers in a map.
 */
public final class RunMeter {
    /** The plugin; see there why it is named, and not imported. */
    public static final String PLUGIN = "io.solera.meter.SoleraPlugin";

    private static final String PREFIX = "run.";
    private static final Map<String, Double> NUMBERS = new ConcurrentHashMap<>();
    private static final Set<MetricRegistry> REGISTRIES = ConcurrentHashMap.newKeySet();

    private RunMeter() {}

    /** Forgets the run before. */
    public static synchronized void begin() {
        NUMBERS.keySet().forEach(name -> REGISTRIES.forEach(registry -> registry.remove(PREFIX + name)));
        NUMBERS.clear();
    }

    public static void set(String name, double value) {
        if (NUMBERS.put(name, value) == null) {
            show(name);
        }
    }

    public static void add(String name, double more) {
        if (NUMBERS.merge(name, more, Double::sum) == more) {
            show(name);
        }
    }

    /** NaN where there is none. */
    public static double value(String name) {
        return NUMBERS.getOrDefault(name, Double.NaN);
    }

    static synchronized void attach(MetricRegistry registry) {
        REGISTRIES.add(registry);
        NUMBERS.keySet().forEach(RunMeter::show);
    }

    static synchronized void detach(MetricRegistry registry) {
        REGISTRIES.remove(registry);
    }

    private static synchronized void show(String name) {
        Gauge<Double> gauge = () -> value(name);
        for (MetricRegistry registry : REGISTRIES) {
            registry.gauge(PREFIX + name, () -> gauge);
        }
    }
}
