package io.solera.meter;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The numbers of a run as gauges. */
class TestRunMeter {
    private final MetricRegistry registry = new MetricRegistry();

    @BeforeEach
    void begin() {
        RunMeter.begin();
    }

    @AfterEach
    void detach() {
        RunMeter.detach(registry);
        RunMeter.begin();
    }

    private Object gauge(String name) {
        return registry.getGauges().get(name).getValue();
    }

    @Test
    void numbersFromBeforeAndAfterAreShown() {
        RunMeter.set("round", 1);
        RunMeter.attach(registry);
        RunMeter.add("samples", 0);
        RunMeter.add("samples", 32);
        RunMeter.add("samples", 10);
        RunMeter.set("round", 2);
        assertThat(registry.getNames()).containsExactly("run.round", "run.samples");
        assertThat(gauge("run.round")).isEqualTo(2.0);
        assertThat(gauge("run.samples")).isEqualTo(42.0);
        assertThat(RunMeter.value("kl")).isNaN();
    }

    /** As Spark does with the registry of a plugin. */
    @Test
    void aRegistryWithinAnotherShowsThemToo() {
        MetricRegistry sparks = new MetricRegistry();
        RunMeter.attach(registry);
        RunMeter.set("round", 1);
        sparks.register("app.driver.plugin", registry);
        RunMeter.set("kl", 0.5);
        assertThat(sparks.getNames()).containsExactly("app.driver.plugin.run.kl", "app.driver.plugin.run.round");
        RunMeter.begin();
        assertThat(sparks.getNames()).isEmpty();
    }

    @Test
    void anotherRunStartsFromNothing() {
        RunMeter.attach(registry);
        RunMeter.add("samples", 32);
        RunMeter.begin();
        assertThat(registry.getNames()).isEmpty();
        RunMeter.add("samples", 5);
        assertThat(gauge("run.samples")).isEqualTo(5.0);
    }

    @Test
    void withoutARegistryNumbersAreKept() {
        RunMeter.set("round", 3);
        assertThat(RunMeter.value("round")).isEqualTo(3);
        assertThat(registry.getNames()).isEmpty();
    }
}
