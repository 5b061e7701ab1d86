package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestQuickstartCommand {
    private static final String[] TINY = {
        "--set", "rounds=1",
        "--set", "steps-per-round=1",
        "--set", "samples-per-step=16",
        "--set", "sampling.max-new-tokens=24",
        "--set", "evaluation.samples=100",
        "--set", "evaluation.round-samples=0"
    };

    @TempDir
    private Path folder;

    private Commands.Outcome quickstart(String... more) {
        return Commands.run(java.util.stream.Stream.of(new String[] {"quickstart"}, more, TINY)
                .flatMap(java.util.Arrays::stream)
                .toArray(String[]::new));
    }

    @Test
    void peptidesEndInATableOfTheirMeasuresAndAReport() throws IOException {
        Path run = folder.resolve("run");
        Commands.Outcome outcome = quickstart("--task", "peptides", "--run-dir", run.toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        for (String row : List.of(
                "charge",
                "amphipathy",
                "hydropathy",
                "instability",
                "validity",
                "uniqueness",
                "novelty",
                "internal diversity")) {
            assertThat(outcome.out()).containsPattern("(?m)^" + row + " .*\\d");
        }
        assertThat(outcome.out())
                .containsPattern("(?m)^best samples of round [01] ")
                .containsPattern("(?m)^ *[\\d.e-]+( +[\\d.e-]+){4} +[A-Z]+$")
                .contains("report " + run + "/report.html");
        assertThat(Files.readString(run.resolve("report.html"))).contains("\"kind\":\"proteins\"", "\"residues\":{");
        assertThat(run.resolve("samples.jsonl")).isNotEmptyFile();
        assertThat(run.resolve("molecules.csv")).doesNotExist();

        Path list = folder.resolve("list.fasta");
        assertThat(Commands.run("select", run.toString(), "--top", "3", "--output", list.toString())
                        .code())
                .isZero();
    }

    @Test
    void anUnknownTaskIsRefused() {
        Commands.Outcome outcome = quickstart("--task", "poems");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("--task").contains("PEPTIDES").contains("poems");
    }
}
