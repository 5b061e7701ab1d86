package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.doctor.Report;
import io.solera.jobs.console.ExitCode;
import io.solera.problem.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor on this machine; broken ones are in the tests of {@code io.solera.doctor}. */
class TestDoctorCommand {
    @TempDir
    private Path folder;

    @Test
    void aHealthyMachineHasNoFailureAndIsLeftAsItWas() throws IOException {
        Commands.Outcome healthy =
                Commands.run("doctor", "--run-dir", folder.resolve("runs/one").toString());
        assertThat(healthy.out()).as(healthy.err()).doesNotContain("failed  ");
        assertThat(healthy.code()).as(healthy.out()).isZero();
        for (String check : List.of(
                "java",
                "platform",
                "temporary folder",
                "native libraries' folder",
                "Spark's folders",
                "PyTorch",
                "tokenizers",
                "ND4J",
                "ONNX Runtime",
                "InChI",
                "compression",
                "training step",
                "reward: molecule",
                "reward: protein",
                "reward: DNA",
                "reward: text",
                "reward: learned network",
                "reward: imported network",
                "reward: policy",
                "reward: outside process",
                "reward: SQL",
                "run folder",
                "published once")) {
            assertThat(healthy.out()).containsPattern("(?m)^(ok|warning) +%s ".formatted(check));
        }
        assertThat(healthy.out()).containsPattern("\\n\\d+ checks: 0 failed, \\d with warnings\\n$");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void whatFailedIsNamedInTheLastLineAndMakesTheExitCode() {
        Report report = Report.withoutSpark(new IllegalStateException("libcuda.so.1: cannot open shared object file"));
        assertThatThrownBy(() -> DoctorCommand.ended(report))
                .isInstanceOfSatisfying(
                        RunException.class, e -> assertThat(ExitCode.of(e)).isEqualTo(4))
                .hasMessage("Cannot rely on this set-up: 1 of 1 checks failed (Spark)");
    }
}
