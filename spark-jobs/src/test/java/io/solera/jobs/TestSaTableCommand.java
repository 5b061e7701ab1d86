package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSaTableCommand {
    @TempDir
    Path folder;

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void countsEachMoleculeOnceAndLeavesOthersOut() throws IOException {
        String data = write("a.smi", "CCO\nOCC\nCCN\nC1CC(\n") + "," + write("b.csv", "smiles,x\nc1ccccc1,1\n");
        String out = write("out.csv", "smiles\nNCC\n");

        Commands.Outcome outcome =
                Commands.run("sa-table", "--data", data, "--leave-out", out, "--output", path("table.bin.gz"));

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .startsWith(
                        "5 texts read, 1 of them not counted (no valid molecule, or too large), 2 molecules counted, ");
    }

    @Test
    void itsTableIsReadByTheReward() throws IOException {
        String data = write("a.smi", "CCO\nCCCO\nCCCCO\nCCCCCO\n");
        assertThat(Commands.run("sa-table", "--data", data, "--output", path("table.bin.gz"))
                        .code())
                .isZero();

        Commands.Outcome outcome = Commands.run(
                "score",
                "--input",
                write("in.smi", "CCCCCCO\nc1ccncc1\n"),
                "--rewards",
                "sa(table='" + path("table.bin.gz") + "')",
                "--output",
                path("out.csv"));

        assertThat(outcome.err()).isEmpty();
        List<String> rows = Files.readAllLines(folder.resolve("out.csv"));
        assertThat(sa(rows.get(1))).isLessThan(sa(rows.get(2)));
    }

    @Test
    void saysWhenNothingIsLeft() throws IOException {
        String data = write("a.smi", "CCO\n");

        assertThat(Commands.run("sa-table", "--data", data, "--leave-out", data, "--output", path("table")))
                .isEqualTo(new Commands.Outcome(
                        3, "", "solera: Cannot count fragments: no molecule is left of %s\n".formatted(data)));
        assertThat(folder.resolve("table")).doesNotExist();
    }

    private static double sa(String row) {
        return Double.parseDouble(row.split(",")[1]);
    }
}
