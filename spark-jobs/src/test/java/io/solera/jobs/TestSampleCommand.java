package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSampleCommand {
    @TempDir
    Path folder;

    @Test
    void drawsTheSameForASeedWhereverItGoes() throws IOException {
        Commands.writeModel(folder.resolve("model"));
        String model = folder.resolve("model").toString();
        Path table = folder.resolve("samples.csv");
        Path list = folder.resolve("samples.smi");

        Commands.Outcome printed = Commands.run("sample", "--model", model, "--count", "130", "--seed", "7");
        assertThat(Commands.run(
                                "sample",
                                "--model",
                                model,
                                "--count",
                                "130",
                                "--seed",
                                "7",
                                "--output",
                                table.toString())
                        .code())
                .isZero();
        assertThat(Commands.run(
                                "sample",
                                "--model",
                                model,
                                "--count",
                                "130",
                                "--seed",
                                "7",
                                "--output",
                                list.toString())
                        .code())
                .isZero();

        List<String> lines = printed.out().lines().toList();
        assertThat(printed.code()).isZero();
        assertThat(lines).hasSize(130);
        assertThat(Files.readAllLines(list)).isEqualTo(lines);
        List<String> rows = Files.readAllLines(table);
        assertThat(rows).hasSize(131).first().isEqualTo("smiles,sample_id,log_probability,tokens,ended");
        for (int i = 0; i < 130; i++) {
            assertThat(rows.get(i + 1)).startsWith((lines.get(i).isEmpty() ? "\"\"" : lines.get(i)) + "," + i + ",-");
        }
        assertThat(Commands.run("sample", "--model", model, "--count", "130", "--seed", "8")
                        .out())
                .isNotEqualTo(printed.out());
    }

    @Test
    void cutsSamplesAndTheirDistribution() throws IOException {
        Commands.writeModel(folder.resolve("model"));
        String model = folder.resolve("model").toString();

        Commands.Outcome outcome =
                Commands.run("sample", "--model", model, "--count", "20", "--top-k", "1", "--max-new-tokens", "3");

        assertThat(outcome.out().lines().distinct()).hasSize(1);
        assertThat(Commands.run("sample", "--model", model, "--max-new-tokens", "16"))
                .isEqualTo(new Commands.Outcome(
                        2, "", "solera: Invalid max-new-tokens: 16 (must be at most 15, what the policy can read)\n"));
        assertThat(Commands.run("sample", "--model", model, "--top-p", "0").err())
                .isEqualTo("solera: Invalid top-p: 0.0 (must be above 0 and at most 1)\n");
    }

    @Test
    void namesTheModelThatIsMissing() {
        Commands.Outcome outcome =
                Commands.run("sample", "--model", folder.resolve("none").toString());

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err())
                .startsWith("solera: Cannot read model ")
                .contains("none: config.json is missing")
                .hasLineCount(1);
    }
}
