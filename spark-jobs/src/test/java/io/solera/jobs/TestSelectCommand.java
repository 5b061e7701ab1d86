package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSelectCommand {
    private static final String JOB = """
            model: %s
            rewards:
              mw: {shaping: 'linear(10, 140)', at-least: 10}
              heavy_atoms: {shaping: 'linear(0, 10)'}
            rounds: 1
            steps-per-round: 1
            samples-per-step: 64
            micro-batch: 64
            sampling: {max-new-tokens: 6, temperature: 1}
            algorithm: {name: rloo, epochs: 1, minibatches: 1}
            evaluation: {samples: 128, round-samples: 128}
            """;

    @TempDir
    private Path folder;

    @Test
    void listsTheBestMoleculesWithTheirKeysOnTheConsoleAndInFiles() throws IOException {
        Commands.writeModel(folder.resolve("model"));
        Path job = Files.writeString(folder.resolve("job.yaml"), JOB.formatted(folder.resolve("model")));
        Path run = folder.resolve("run");
        Commands.Outcome trained = Commands.run("train", "--config", job.toString(), "--run-dir", run.toString());
        assertThat(trained.code()).as(trained.err()).isZero();

        Commands.Outcome shown = Commands.run("select", run.toString(), "--top", "3", "--rewards", "tpsa");
        assertThat(shown.code()).as(shown.err()).isZero();
        List<String> lines = shown.out().lines().toList();
        assertThat(lines.get(0)).matches("rank +mean +mw +heavy_atoms +tpsa +round +expert +smiles");
        assertThat(lines.get(1)).matches(" +1 +0\\.\\d+ +[\\d.]+ +\\d+ +[\\d.]+ +[01] +\\S+ +\\S+");
        assertThat(shown.out())
                .contains("in a file (--output) also: mw_shaped, heavy_atoms_shaped, inchikey, scaffold, step");

        Path csv = folder.resolve("list.csv");
        Path sdf = folder.resolve("list.sdf");
        for (Path list : List.of(csv, sdf)) {
            assertThat(Commands.run("select", run.toString(), "--top", "3", "--output", list.toString())
                            .out())
                    .endsWith("written to %s\n".formatted(list));
        }
        List<String> rows = written(csv);
        assertThat(rows.get(0))
                .isEqualTo("rank,smiles,geometric_mean,mw,mw_shaped,heavy_atoms,heavy_atoms_shaped,inchikey,scaffold,"
                        + "round,expert,step");
        assertThat(rows.get(1)).matches("1,[^,]+,0\\.\\d{1,6},.*,[A-Z]{14}-[A-Z]{8}SA-[A-Z],.*");
        assertThat(String.join("\n", written(sdf))).contains("> <inchikey>\n", "> <rank>\n1\n", "M  END");
    }

    /** A table is a file, or a folder of one. */
    private static List<String> written(Path path) throws IOException {
        if (Files.isRegularFile(path)) {
            return Files.readAllLines(path);
        }
        try (Stream<Path> parts = Files.list(path)) {
            Path part = parts.filter(each -> each.getFileName().toString().startsWith("part-"))
                    .findFirst()
                    .orElseThrow();
            return Files.readAllLines(part);
        }
    }
}
