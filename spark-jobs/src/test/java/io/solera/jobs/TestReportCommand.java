package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of a run: written by the run, made again from its folder, and no reason for a run to fail. */
class TestReportCommand {
    /** Of letters that mean something elsewhere. */
    private static final String RUN = "r:u[n] {1} 100%20#?";

    @TempDir
    private Path folder;

    private record Answer(int code, String out, String err) {}

    @Test
    void aRunEndsWithItsReport() throws IOException {
        Path run = trained();
        Path report = run.resolve("report.html");
        String page = Files.readString(report);
        assertThat(page.contains("\"status\":\"done\"")).isTrue();
        assertThat(page.contains("\"name\":\"logp\"")).isTrue();

        Path again = folder.resolve("again.html");
        assertThat(solera("report", run.toString(), "--output", again.toString()))
                .isEqualTo(new Answer(0, "report %s\n".formatted(again), ""));
        assertThat(Files.readString(again).equals(page)).as("the same bytes").isTrue();
        Files.delete(report);
        assertThat(solera("report", run.toString()).code()).isZero();
        assertThat(Files.readString(report).equals(page)).as("the same bytes").isTrue();

        Path comparison = folder.resolve("compare.html");
        assertThat(solera("compare", run.toString(), run.toString(), "--output", comparison.toString()))
                .isEqualTo(new Answer(0, "comparison %s\n".formatted(comparison), ""));
        assertThat(solera("compare", run.toString(), run.toString(), "--output", comparison.toString()))
                .satisfies(answer -> {
                    assertThat(answer.code()).isEqualTo(2);
                    assertThat(answer.err()).contains("it exists (give another --output, or --overwrite)");
                });
    }

    @Test
    void aRunIsReadWhateverItIsCalled() throws IOException {
        Path run = trained();
        assertThat(solera("sample", "--model", run.toString(), "--count", "2")).satisfies(answer -> {
            assertThat(answer.code()).as(answer.err()).isZero();
            assertThat(answer.out()).isNotEmpty();
        });
        Path list = folder.resolve("b:est [1].csv");
        assertThat(solera("select", run.toString(), "--top", "3", "--rewards", "logp", "--output", list.toString()))
                .satisfies(answer -> assertThat(answer.code()).as(answer.err()).isZero());
        assertThat(list).isNotEmptyFile();
    }

    @Test
    void aRunGoesOnWithoutItsReport() throws IOException {
        Path run = trained();
        Path report = run.resolve("report.html");
        Files.delete(report);
        Files.createDirectories(report.resolve("in-the-way"));
        assertThat(train("--resume")).satisfies(answer -> {
            assertThat(answer.code()).isZero();
            assertThat(answer.err())
                    .startsWith("solera: the report was not written: ")
                    .endsWith("(the run is not affected; try: solera report %s)\n".formatted(run))
                    .hasLineCount(1);
            assertThat(answer.out())
                    .contains("run " + run)
                    .contains("warning: round 1: the report was not written: ")
                    .doesNotContain("report " + report);
        });
        assertThat(run.resolve("summary.json"))
                .content()
                .contains("\"status\": \"done\"", "the report was not written");
    }

    @Test
    void whatIsNoRunHasNoReport() {
        assertThat(solera("report", folder.toString())).satisfies(answer -> {
            assertThat(answer.code()).isEqualTo(2);
            assertThat(answer.err())
                    .contains("it is not a run folder (job.yaml is missing)")
                    .hasLineCount(1);
        });
        assertThat(solera("compare", "a", "b", "c", "d", "e", "f", "g", "h", "i"))
                .isEqualTo(new Answer(2, "", "solera: Invalid RUN: 9 of them (must be at most 8)\n"));
    }

    private Path trained() throws IOException {
        Answer answer = train();
        Path run = folder.resolve(RUN);
        assertThat(answer.err()).isEmpty();
        assertThat(answer.code()).isZero();
        List<String> lines = answer.out().lines().toList();
        assertThat(lines.get(lines.size() - 2)).isEqualTo("report " + run.resolve("report.html"));
        assertThat(lines.get(lines.size() - 1)).startsWith("policy of the best round, 1 by hypervolume");
        return run;
    }

    private Answer train(String... more) throws IOException {
        Path job = folder.resolve("job.yaml");
        Path model = folder.resolve("mo:del [1]");
        if (!Files.exists(model)) {
            TestKilledRun.model(model);
        }
        Files.writeString(job, """
            model: '%s'
            rewards:
              mw: {shaping: 'linear(20, 140)', at-least: 60}
              logp:
            rounds: 1
            steps-per-round: 2
            samples-per-step: 16
            micro-batch: 16
            sampling: {max-new-tokens: 10, temperature: 1}
            algorithm: {name: rloo, epochs: 1, minibatches: 1}
            evaluation: {samples: 64, round-samples: 0}
            """.formatted(model));
        String[] arguments = new String[5 + more.length];
        System.arraycopy(
                new String[] {
                    "train",
                    "--config",
                    job.toString(),
                    "--run-dir",
                    folder.resolve(RUN).toString()
                },
                0,
                arguments,
                0,
                5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return solera(arguments);
    }

    private static Answer solera(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
        try {
            int code = SoleraCommand.execute(arguments);
            return new Answer(code, said.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
