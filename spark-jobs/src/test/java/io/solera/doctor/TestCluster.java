package io.solera.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

/** GPUs that are asked for, clocks, and checks that hang. */
class TestCluster {
    private static SparkConf conf(String... settings) {
        SparkConf conf = new SparkConf(false);
        for (int i = 0; i < settings.length; i += 2) {
            conf.set(settings[i], settings[i + 1]);
        }
        return conf;
    }

    @Test
    void aMissingDiscoveryScriptIsNamed() {
        Outcome outcome = Gpu.request(conf("spark.executor.resource.gpu.amount", "2"));
        assertThat(outcome.status()).isEqualTo(Status.FAILED);
        assertThat(outcome.words())
                .isEqualTo("spark.executor.resource.gpu.amount is 2, and"
                        + " spark.executor.resource.gpu.discoveryScript is not set: the process ends at its start");
        assertThat(outcome.wayOut()).contains("docs/gpu.md");
        assertThat(Gpu.request(conf(
                                "spark.executor.resource.gpu.amount",
                                "1",
                                "spark.executor.resource.gpu.discoveryScript",
                                "/opt/gpu.sh"))
                        .words())
                .isEqualTo("executors have GPUs, and tasks get none: spark.task.resource.gpu.amount is not set");
        assertThat(Gpu.request(conf(
                        "spark.executor.resource.gpu.amount",
                        "1",
                        "spark.executor.resource.gpu.discoveryScript",
                        "/opt/gpu.sh",
                        "spark.task.resource.gpu.amount",
                        "1")))
                .isEqualTo(Outcome.ok("asked for, found by /opt/gpu.sh"));
        assertThat(Gpu.request(conf()).status()).isEqualTo(Status.OK);
    }

    @Test
    void aClockIsOffByWhatIsCertain() {
        assertThat(new Clock(1_000, 1_050, 1_100).outcome()).isEqualTo(Outcome.ok("within 100 ms of the driver's"));
        assertThat(new Clock(1_000, 9_100, 1_100).skewMillis()).isEqualTo(8_000);
        assertThat(new Clock(1_000, 9_100, 1_100).outcome().words()).isEqualTo("8.0 s ahead of the driver's");
        assertThat(new Clock(100_000, 40_000, 100_500).outcome().words()).isEqualTo("60.0 s behind the driver's");
        assertThat(new Clock(100_000, 40_000, 100_500).outcome().wayOut()).contains("NTP");
    }

    @Test
    void aCheckThatHangsIsGivenUp() {
        Check hanging = Check.of("hangs", machine -> {
            Thread.sleep(60_000);
            return Outcome.ok("");
        });
        Finding finding = hanging.at("driver", Machines.with(Map.of(), Map.of()), Duration.ofMillis(100));
        assertThat(finding)
                .isEqualTo(new Finding(
                        "hangs", "driver", Outcome.failed("no answer in 0.1 s", "see what the process waits for")));
    }

    @Test
    void withoutTimeNothingMoreIsTried() {
        List<Finding> findings = Examination.of(
                "driver",
                Machines.with(Map.of(), Map.of()),
                List.of(Check.of("late", machine -> Outcome.ok("seen"))),
                Duration.ofMillis(-1));
        assertThat(findings.get(0).outcome().words()).isEqualTo("not tried: no time was left");
    }
}
