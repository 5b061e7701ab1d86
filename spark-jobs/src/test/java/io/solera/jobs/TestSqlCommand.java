package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSqlCommand {
    @TempDir
    Path folder;

    @Test
    void showsTheRowsOfAQueryWithAllThreeForms() throws IOException {
        Path input = Files.writeString(folder.resolve("in.csv"), "name,smiles\nethanol,CCO\nbroken,C1CC\n");

        Commands.Outcome outcome = Commands.run(
                "sql",
                "--input",
                "m=" + input,
                "SELECT name, rewards.mw(smiles) AS a, solera_mw(smiles) AS b, mw, mw_status"
                        + " FROM solera_score(TABLE(m), 'smiles', 'mw');");

        assertThat(outcome).isEqualTo(new Commands.Outcome(0, """
                        name          a       b      mw  mw_status
                        -------  ------  ------  ------  -------------
                        ethanol  46.069  46.069  46.069  ok
                        broken     NULL    NULL    NULL  invalid-input
                        """, ""));
    }

    @Test
    void showsTheFirstRowsAndSaysSo() {
        Commands.Outcome outcome = Commands.run("sql", "--rows", "2", "SELECT id, id / 3 AS third FROM range(5)");

        assertThat(outcome.out()).isEqualTo("""
                        id     third
                        --  --------
                         0         0
                         1  0.333333
                        the first 2 rows; --rows shows more, --output writes all
                        """);
    }

    @Test
    void writesTheRows() throws IOException {
        Path output = folder.resolve("out.csv");

        Commands.Outcome outcome = Commands.run(
                "sql", "--output", output.toString(), "SELECT 'CCO' AS smiles, solera_qed_status('CCO') AS s");

        assertThat(outcome).isEqualTo(new Commands.Outcome(0, "written to %s\n".formatted(output), ""));
        assertThat(output).hasContent("smiles,s\nCCO,ok\n");
        assertThat(Commands.run("sql", "--output", output.toString(), "SELECT 1")
                        .err())
                .isEqualTo("solera: Cannot write %s: it exists (give another --output, or --overwrite)\n"
                        .formatted(output));
    }

    @Test
    void wrongQueriesAreOneLineAndCodeTwo() {
        assertThat(Commands.run("sql", "SELECT rewards.qde('C')").err())
                .startsWith("solera: [")
                .contains("qde")
                .hasLineCount(1);
        assertThat(Commands.run("sql", "SELEC 1").err())
                .startsWith("solera: [PARSE_SYNTAX_ERROR]")
                .hasLineCount(1);
        for (String query : new String[] {"SELECT rewards.qde('C')", "SELEC 1", "SELECT solera_sa('C', 'tabel=x')"}) {
            assertThat(Commands.run("sql", query).code()).as(query).isEqualTo(2);
        }
        assertThat(Commands.run("sql", "SELECT solera_sa('C', 'tabel=x')").err())
                .isEqualTo("solera: Invalid argument: tabel of sa(tabel=x) (must be one of table; nearest: table)\n");
        assertThat(Commands.run("sql", "--input", "m=lost.csv", "SELECT 1").err())
                .isEqualTo("solera: Cannot read lost.csv: no such file\n");
    }
}
