package io.solera.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TestVersions {
    @Test
    void aMachineOfAnotherKindHasNoNatives() {
        Outcome arm = Versions.platform(Machines.with(Map.of(), Map.of("os.arch", "aarch64")), "linux-x86_64");
        assertThat(arm.status()).isEqualTo(Status.FAILED);
        assertThat(arm.words())
                .isEqualTo("this machine is linux-aarch64, and the jar has native libraries for linux-x86_64");
        assertThat(arm.wayOut()).startsWith("use a jar that was built on a machine of this kind");

        Outcome none = Versions.platform(Machines.with(Map.of(), Map.of()), "");
        assertThat(none.status()).isEqualTo(Status.FAILED);
        assertThat(none.words())
                .isEqualTo("the class path has no native libraries of PyTorch, and this machine is linux-x86_64");
    }

    @Test
    void nativesOfThisKindOrAPyTorchOfItsOwnAreFine() {
        assertThat(Versions.platform(Machines.with(Map.of(), Map.of()), "linux-x86_64"))
                .isEqualTo(Outcome.ok("linux-x86_64"));
        assertThat(Versions.platform(
                                Machines.with(
                                        Map.of("PYTORCH_LIBRARY_PATH", "/opt/torch/lib"),
                                        Map.of("os.name", "Mac OS X", "os.arch", "aarch64")),
                                "linux-x86_64")
                        .words())
                .isEqualTo("osx-aarch64, with PyTorch from PYTORCH_LIBRARY_PATH");
    }

    @Test
    void aJavaThatSparkIsNotTestedWithIsAWarning() {
        assertThat(Versions.java(Machines.with(Map.of(), Map.of()))).isEqualTo(Outcome.ok("17.0.19"));
        Outcome later = Versions.java(
                Machines.with(Map.of(), Map.of("java.version", "25.0.1", "java.specification.version", "25")));
        assertThat(later)
                .isEqualTo(Outcome.warning(
                        "25.0.1 (/opt/java)", "Spark is tested with Java 17 to 21: set JAVA_HOME to one"));
    }

    @Test
    void threadsThatAreNotLimitedAreAWarningAndNothingElseIsPrinted() {
        assertThat(Versions.threads(Machines.with(Map.of("OMP_NUM_THREADS", "1"), Map.of())))
                .isEqualTo(Outcome.ok("OMP_NUM_THREADS=1"));
        assertThat(Versions.threads(Machines.with(Map.of(), Map.of())).words())
                .isEqualTo("OMP_NUM_THREADS is not set: libraries may start a thread per core in every task");
        assertThat(Versions.threads(Machines.with(Map.of("OMP_NUM_THREADS", "8"), Map.of()))
                        .words())
                .isEqualTo("OMP_NUM_THREADS is 8: a task computes on one thread");
        assertThat(Versions.threads(Machines.with(Map.of("OMP_NUM_THREADS", "a secret"), Map.of()))
                        .text())
                .doesNotContain("secret");
    }
}
