package io.solera.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines that must be the same, and are not. */
class TestComparison {
    @TempDir
    private Path folder;

    private String jar(String name, String content) throws IOException {
        Path jar = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            entries.putNextEntry(new ZipEntry("io/solera/Some.class"));
            entries.write(content.getBytes(StandardCharsets.UTF_8));
            entries.putNextEntry(new ZipEntry("other/" + name));
        }
        return SoleraJar.text(jar);
    }

    private static String[] answer(String place, String jar) {
        return new String[] {place, "0", jar, "3.5.9", "2.12.18"};
    }

    @Test
    void jarsOfOneVersionWithOtherClassesAreTwo() throws IOException {
        assertThat(jar("a.jar", "one")).startsWith("jar, classes ").isEqualTo(jar("b.jar", "one"));
        List<Finding> findings = Comparison.ofAnswers(List.of(
                answer("driver", jar("a.jar", "one")),
                answer("executor 0 on a", jar("b.jar", "one")),
                answer("executor 1 on b", jar("c.jar", "two"))));
        Finding mixed = Comparison.otherSolera(findings).orElseThrow();
        assertThat(mixed.outcome().words())
                .isEqualTo("not the same everywhere: %s (driver, executor 0 on a); %s (executor 1 on b)"
                        .formatted(jar("a.jar", "one"), jar("c.jar", "two")));
        assertThat(mixed.outcome().wayOut()).isEqualTo("use one image, and one jar, for the driver and all executors");
    }

    @Test
    void oneJarEverywhereIsNoFinding() {
        List<Finding> findings = Comparison.ofAnswers(List.of(answer("driver", "x"), answer("executor 0 on a", "x")));
        assertThat(Comparison.otherSolera(findings)).isEmpty();
        assertThat(findings).allMatch(finding -> finding.outcome().status() == Status.OK);
        assertThat(Comparison.of(Probe.NAMES, findings))
                .containsExactly(new Finding("same everywhere", "cluster", Outcome.ok("Solera, Spark, Scala")));
    }

    @Test
    void otherBitsAreAWarningAndAnotherPyTorchIsNot() {
        List<Finding> findings = List.of(
                new Finding("training step", "executor 0 on a", Outcome.ok("1")),
                new Finding("training step", "executor 1 on b", Outcome.ok("2")),
                new Finding("PyTorch", "executor 0 on a", Outcome.ok("2.7.1")),
                new Finding("PyTorch", "executor 1 on b", Outcome.ok("2.5.1")),
                new Finding("ND4J", "executor 1 on b", Outcome.failed("it does not load", "")));
        List<Finding> compared = Comparison.of(List.of("training step", "PyTorch", "ND4J"), findings);
        assertThat(compared).extracting(Finding::check).containsExactly("training step", "PyTorch");
        assertThat(compared)
                .extracting(finding -> finding.outcome().status())
                .containsExactly(Status.WARNING, Status.FAILED);
    }

    @Test
    void aReportHasALineForEachCheckAndOneForEachOtherOutcome() {
        Report report = new Report(List.of(
                new Finding("java", "driver", Outcome.ok("17.0.1")),
                new Finding("java", "executor 0 on a", Outcome.ok("17.0.2")),
                new Finding("java", "executor 1 on b", Outcome.warning("25", "take 17")),
                new Finding("folder", "executor 0 on a", Outcome.failed("full", "make room")),
                new Finding("folder", "executor 1 on b", Outcome.failed("full", "make room")),
                new Finding("folder", "executor 2 on c", Outcome.failed("full", "make room"))));
        assertThat(report.lines())
                .containsExactly(
                        new Report.Line(Status.OK, "java", "driver, executor 0 on a", "17.0.1"),
                        new Report.Line(Status.WARNING, "java", "executor 1 on b", "25; way out: take 17"),
                        new Report.Line(Status.FAILED, "folder", "3 executors", "full; way out: make room"));
        assertThat(report.named(Status.FAILED)).containsExactly("folder");
        assertThat(report.checks()).isEqualTo(2);
    }
}
