package io.solera.jobs;

import io.solera.jobs.console.ExitCode;
import io.solera.store.storage.Deletion;
import io.solera.store.storage.PrivateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs the most common commands, on two molecules, in one process: bin/solera archives the classes that this loads, so
 * that later processes do not load them from jars.
 */
final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = PrivateFolder.create();
        try {
            Path table =
                    Files.writeString(folder.resolve("in.csv"), "smiles\nCCO\nc1ccccc1O\n", StandardCharsets.UTF_8);
            for (List<String> command : List.of(
                    List.of("--help"),
                    List.of("rewards"),
                    List.of("rewards", "no-such-reward"),
                    List.of("train", "--no-such-option"),
                    List.of("quickstart", "--set", "no-such-key=1"),
                    score(table, "qed,sa,logp,heavy_atoms", folder.resolve("out.csv")),
                    score(table, "qed", folder.resolve("out.parquet")),
                    List.of("sql", "--input", "m=" + table, "SELECT smiles, rewards.qed(smiles) FROM m ORDER BY 2"),
                    List.of(
                            "sql",
                            "--input",
                            "m=" + folder.resolve("out.parquet"),
                            "SELECT solera_sa(smiles) FROM m"))) {
                SoleraCommand.execute(command.toArray(String[]::new));
            }
        } finally {
            Deletion.temporary(folder);
        }
        System.exit(ExitCode.DONE);
    }

    private static List<String> score(Path table, String rewards, Path output) {
        return List.of("score", "--input", table.toString(), "--rewards", rewards, "--output", output.toString());
    }
}
