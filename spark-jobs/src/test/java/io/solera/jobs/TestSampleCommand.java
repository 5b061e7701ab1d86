package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.checkpoint.Gpt2Config;
import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.ClasspathFolder;
import io.solera.checkpoint.file.LocalFolder;
import io.solera.model.InitialWeights;
import io.solera.rl.RandomKey;
import io.solera.text.WordTokenizer;
import io.solera.text.Words;
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
                .isEqualTo("solera: Invalid top-p: 0 (must be above 0 and at most 1)\n");
    }

    @Test
    void theColumnIsOfWhatThePolicyWrites() throws IOException {
        WordTokenizer proteins = WordTokenizer.of(Words.AMINO_ACIDS, List.of("MKV"), 1);
        Gpt2Config config = Gpt2Config.of(proteins.vocabulary().size(), 16, 8, 1, 2);
        write("proteins", new Policy(config, proteins, InitialWeights.of(config, RandomKey.of(1))));
        assertThat(header("proteins")).isEqualTo("text,sample_id,log_probability,tokens,ended");

        write("other", ModelFolder.read(new ClasspathFolder("io/solera/train/sft")));
        assertThat(header("other")).startsWith("text,");
        Path card = folder.resolve("other/README.md");
        for (String tags : List.of("tags: [solera, molecules, smiles]", "tags:\n- chemistry\n- smiles")) {
            Files.writeString(card, "---\n" + tags + "\n---\n");
            assertThat(header("other")).startsWith("smiles,");
        }
        Files.writeString(card, "---\ntags: [no-smiles]\n---\ntags: [smiles]\n");
        assertThat(header("other")).startsWith("text,");
        Files.write(folder.resolve("other/known-molecules.bin"), new byte[Long.BYTES]);
        assertThat(header("other")).startsWith("smiles,");
    }

    private void write(String name, Policy policy) throws IOException {
        ModelFolder.write(new LocalFolder(folder.resolve(name)), policy);
    }

    private String header(String name) throws IOException {
        Path table = folder.resolve(name + ".csv");
        Commands.Outcome outcome = Commands.run(
                "sample",
                "--model",
                folder.resolve(name).toString(),
                "--count",
                "2",
                "--overwrite",
                "--max-new-tokens",
                "4",
                "--output",
                table.toString());
        assertThat(outcome.err())
                .as("standard output is for samples")
                .startsWith("2 samples of " + folder.resolve(name) + " in ")
                .endsWith(" s, written to " + table + "\n")
                .hasLineCount(1);
        return Files.readAllLines(table).get(0);
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
