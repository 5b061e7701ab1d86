package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every model folder of the cases, sampled from as a user would: a few samples, or one line that says what is wrong.
 */
@Tag("cases")
class TestModelCases {
    private static final Path CASES = Path.of(System.getProperty("solera.cases", ""));

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void everyHostileModelIsSampledFromOrRefusedInOneLine() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path given : folders()) {
            String name = given.getFileName().toString();
            Path model = given;
            if (name.startsWith("ad_")) { // an adapter of a model next to it
                Commands.writeModel(folder.resolve("ok"));
                model = copy(given, folder.resolve(name));
            }
            long start = processorTime();
            Commands.Outcome outcome =
                    Commands.run("sample", "--model", model.toString(), "--count", "4", "--max-new-tokens", "8");
            double seconds = (processorTime() - start) / 1e9;
            List<String> said =
                    outcome.err().lines().filter(line -> !line.isBlank()).toList();
            if (outcome.code() == 0) {
                assertThat(outcome.out().lines()).as(name).hasSize(4).anyMatch(line -> !line.isEmpty());
                lines.add(name + ": sampled");
            } else {
                assertThat(outcome.code()).as(name + said).isIn(2, 3);
                assertThat(said).as(name).hasSize(1);
                assertThat(said.get(0))
                        .as(name)
                        .matches("solera: (Cannot|Invalid) .*")
                        .doesNotContain("Exception", "\u001b");
                lines.add(name + ": " + said.get(0).replace(folder.toString(), "..."));
            }
            assertThat(seconds).as(name).isLessThan(60);
        }
        assertThat(lines).hasSizeGreaterThan(15);
        assertThat(lines).filteredOn(line -> line.endsWith(": sampled")).hasSizeLessThan(lines.size() / 3);
        Files.write(Path.of("target/security-models.txt"), lines);
    }

    /** Of the whole process, as the machine may be busy. */
    private static long processorTime() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static List<Path> folders() throws IOException {
        List<Path> folders = new ArrayList<>();
        for (String of : List.of("security/models", "models")) {
            try (Stream<Path> list = Files.list(CASES.resolve(of))) {
                list.filter(Files::isDirectory)
                        .filter(path -> !path.getFileName().toString().contains("onnx"))
                        .sorted()
                        .forEach(folders::add);
            }
        }
        return folders;
    }

    private static Path copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> list = Files.list(from)) {
            for (Path file : list.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }
}
