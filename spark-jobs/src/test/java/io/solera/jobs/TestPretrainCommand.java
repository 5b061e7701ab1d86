package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.LocalFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPretrainCommand {
    @TempDir
    private Path folder;

    private Commands.Outcome pretrain(String... more) throws IOException {
        Path table = folder.resolve("dna.csv");
        StringBuilder rows = new StringBuilder("name,dna\n");
        for (int i = 0; i < 40; i++) {
            rows.append(i)
                    .append(",ACGT")
                    .append("ACGGTTCA".substring(i % 8))
                    .append("GATTACA".substring(i % 5))
                    .append('\n');
        }
        Files.writeString(table, rows);
        String[] all = {
            "pretrain",
            "--data",
            table.toString(),
            "--column",
            "dna",
            "--output",
            folder.resolve("out").toString(),
            "--layers",
            "1",
            "--width",
            "8",
            "--heads",
            "2",
            "--context",
            "16",
            "--epochs",
            "1",
            "--batch-size",
            "8",
            "--micro-batch",
            "8",
            "--held-out-share",
            "0.1"
        };
        String[] arguments = java.util.Arrays.copyOf(all, all.length + more.length);
        System.arraycopy(more, 0, arguments, all.length, more.length);
        return Commands.run(arguments);
    }

    @Test
    void aPolicyOfDnaReadsWordsOfFourAndSaysNothingOfMolecules() throws IOException {
        Commands.Outcome outcome = pretrain("--tokenizer", "kmer(4)", "--resume");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out())
                .contains("265 tokens in the vocabulary")
                .startsWith("warning: warmup-steps is 300, longer than the run: shortened to its ")
                .endsWith("policy " + folder.resolve("out") + "\n")
                .containsPattern("epoch 1  held-out loss \\d\\.\\d{4}\\n");
        Policy policy = ModelFolder.read(new LocalFolder(folder.resolve("out")));
        assertThat(policy.tokenizer().encode("ACGTAC")).hasSize(3);
        assertThat(folder.resolve("out/known-molecules.bin")).doesNotExist();
        byte[] weights = Files.readAllBytes(folder.resolve("out/model.safetensors"));
        Commands.Outcome again = pretrain("--tokenizer", "kmer(4)", "--resume");
        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("model %s is done already\n".formatted(folder.resolve("out")));
        assertThat(folder.resolve("out/model.safetensors")).hasBinaryContent(weights);
    }

    @Test
    void proteinsAreMeasuredAndOnesInOtherLettersAreLeftOutByTheirPlace() throws IOException {
        Path other = Files.writeString(folder.resolve("other.csv"), "dna\nMKVL\nMkVL\n");
        Commands.Outcome outcome =
                pretrain("--tokenizer", "amino-acids", "--data", other.toString(), "--samples", "20");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .contains("1 texts left out because the policy cannot encode them: text 42: Cannot split amino acids: "
                        + "no token starts at character 2 (MkVL)")
                .containsPattern("epoch 1 .* of 20 samples: valid \\d+\\.\\d %  unique .* new ");
        assertThat(folder.resolve("out/known-proteins.bin")).isNotEmptyFile();
        assertThat(folder.resolve("out/known-molecules.bin")).doesNotExist();

        Path fasta = folder.resolve("samples.fasta");
        assertThat(Commands.run(
                                "sample",
                                "--model",
                                folder.resolve("out").toString(),
                                "--count",
                                "3",
                                "--output",
                                fasta.toString())
                        .code())
                .isZero();
        assertThat(Files.readString(fasta))
                .startsWith(">sample-0 sample_id=0 log_probability=-")
                .contains("\n>sample-2 ");
    }

    @Test
    void whatDoesNotFitTheTokenizerIsRefusedByName() throws IOException {
        assertThat(pretrain("--tokenizer", "kmers").err())
                .contains("Invalid tokenizer: kmers (must be smiles, amino-acids, kmer(k) or bytes)");
        assertThat(pretrain("--tokenizer", "bytes", "--standardize").err())
                .contains("Invalid --standardize: with --tokenizer bytes (must be of molecules)");
        assertThat(pretrain("--tokenizer", "bytes", "--min-token-count", "2").err())
                .contains("Invalid --min-token-count: 2 (must be 1 with --tokenizer bytes, which has every token)");
        assertThat(pretrain("--tokenizer", "bytes", "--data", "texts.txt").err())
                .contains(
                        "Invalid --data: texts.txt (must be a table with --tokenizer bytes, as of a line in a text file"
                                + " only the first word is read)");
        assertThat(pretrain("--tokenizer", "bytes", "--model", "prior").err())
                .contains("Invalid --tokenizer: bytes (must not be given with --model, which has its own)");
    }
}
