package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.jobs.console.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users get wrong: one line that says what, where and the way out, and the exit code of its kind. */
class TestWrongRequests {
    private static final String JOB = """
            model: %s
            rewards:
              mw: {shaping: 'linear(20, 140)'}
              logp:
            rounds: 1
            steps-per-round: 1
            samples-per-step: 16
            micro-batch: 16
            sampling: {max-new-tokens: 10, temperature: 1}
            algorithm: {name: rloo, epochs: 1, minibatches: 1}
            evaluation: {samples: 32, round-samples: 0}
            """;

    @TempDir
    private Path folder;

    private Path model = Path.of("");

    /** What a command said, and how it ended. */
    private record Answer(int code, String error) {}

    @BeforeEach
    void makeModel() throws IOException {
        model = TestKilledRun.model(folder.resolve("model"));
    }

    @Test
    void unknownKey() throws IOException {
        assertThat(train(JOB.replace("rounds:", "ronds:")))
                .isEqualTo(new Answer(2, "solera: Unknown key ronds at line 5 (did you mean rounds?)\n"));
    }

    @Test
    void wrongType() throws IOException {
        assertThat(train(JOB.replace("rounds: 1", "rounds: many")))
                .isEqualTo(new Answer(2, "solera: Invalid rounds: many at line 5 (must be a whole number)\n"));
    }

    @Test
    void moreNewTokensThanThePolicyReads() throws IOException {
        Answer answer = train(JOB, "--set", "sampling.max-new-tokens=500");
        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.error())
                .matches("solera: Invalid sampling.max-new-tokens: 500 \\(must be at most \\d+, what the policy can "
                        + "read\\)\n");
    }

    @Test
    void wrongOverride() throws IOException {
        assertThat(train(JOB, "--set", "samples-per-step=0"))
                .isEqualTo(new Answer(
                        2, "solera: Invalid samples-per-step: 0 in --set samples-per-step=0 (must be at least 1)\n"));
    }

    @Test
    void wrongExpressionsOfRewards() throws IOException {
        assertThat(train(JOB.replace("logp:", "noise: {sql: 'mw * rand()'}")))
                .isEqualTo(new Answer(
                        2,
                        "solera: Invalid rewards.noise.sql: \"mw * rand()\" at line 4 (must be an expression of Spark"
                                + " SQL that makes a number of one sample: rand is not deterministic)\n"));
        assertThat(train(JOB, "--set", "rewards.logp.sql=mw_shape * 2")).satisfies(answer -> {
            assertThat(answer.code()).isEqualTo(2);
            assertThat(answer.error())
                    .startsWith("solera: Invalid rewards.logp.sql: mw_shape * 2 in --set"
                            + " rewards.logp.sql=mw_shape * 2 (must be an expression of Spark SQL that makes a"
                            + " number of one sample: there is no column mw_shape (did you mean mw_shaped?);")
                    .hasLineCount(1);
        });
        assertThat(folder.resolve("fresh")).doesNotExist();
    }

    @Test
    void unknownReward() throws IOException {
        assertThat(train(JOB.replace("logp:", "logpp:"))).satisfies(answer -> {
            assertThat(answer.code()).isEqualTo(2);
            assertThat(answer.error()).contains("logpp", "nearest: logp").hasLineCount(1);
        });
    }

    @Test
    void missingJobFile() {
        Path job = folder.resolve("no.yaml");
        assertThat(solera("train", "--config", job.toString())).satisfies(answer -> {
            assertThat(answer.code()).isEqualTo(2);
            assertThat(answer.error()).contains(job.toString()).hasLineCount(1);
        });
    }

    @Test
    void missingModel() throws IOException {
        Path nothing = folder.resolve("nothing");
        assertThat(train(JOB, "--set", "model=" + nothing)).satisfies(answer -> {
            assertThat(answer.code()).isEqualTo(2);
            assertThat(answer.error())
                    .contains("Cannot read model " + nothing, "config.json is missing")
                    .hasLineCount(1);
        });
    }

    @Test
    void truncatedSafetensors() throws IOException {
        Path weights = model.resolve("model.safetensors");
        try (RandomAccessFile file = new RandomAccessFile(weights.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
        Answer answer = train(JOB);
        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.error())
                .startsWith("solera: Cannot read %s: the file is truncated: its header declares ".formatted(weights))
                .endsWith(" (copy it again)\n")
                .hasLineCount(1);
    }

    @Test
    void runFolderOfAnotherJob() throws IOException {
        String run = folder.resolve("run").toString();
        assertThat(train(JOB, "--run-dir", run)).isEqualTo(new Answer(0, ""));
        assertThat(train(JOB, "--run-dir", run)).satisfies(answer -> {
            assertThat(answer.code()).isEqualTo(2);
            assertThat(answer.error()).contains("holds one", "--resume").hasLineCount(1);
        });
        assertThat(train(JOB, "--run-dir", run, "--resume", "--set", "seed=2")).satisfies(answer -> {
            assertThat(answer.code()).isEqualTo(2);
            assertThat(answer.error())
                    .contains("another job", "seed is 1 there and 2 here")
                    .hasLineCount(1);
        });
    }

    @Test
    void runFolderBelowAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "text");
        assertThat(train(JOB, "--run-dir", file.resolve("run").toString())).satisfies(answer -> {
            assertThat(answer.code()).isEqualTo(2);
            assertThat(answer.error()).contains(file + " is a file").hasLineCount(1);
        });
    }

    @Test
    void oneCommandBeginsResumesAndFindsAllDone() throws IOException {
        String run = folder.resolve("none").toString();
        assertThat(train(JOB, "--run-dir", run, "--resume")).isEqualTo(new Answer(0, ""));
        assertThat(Files.exists(folder.resolve("none/rounds/00001/manifest.json")))
                .isTrue();
        Commands.Outcome again = Commands.run(
                "train", "--config", folder.resolve("job.yaml").toString(), "--run-dir", run, "--resume", "--wait");
        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("run %s is done already\n".formatted(run));
    }

    @Test
    void aRunThatAnotherDriverHolds() throws IOException {
        Path locks = Files.createDirectories(folder.resolve("run/lock"));
        Files.writeString(
                locks.resolve("000001.json"),
                "{\"run\":\"r\",\"host\":\"elsewhere\",\"machine\":\"m\",\"namespace\":\"n\",\"process\":7,"
                        + "\"start\":1}");
        String run = folder.resolve("run").toString();
        String why =
                "solera: Cannot use run folder %s: another driver may be using it (process 7 on elsewhere, without a "
                        + "sign"
                        + " of life for %d s; if it is gone, --wait takes over after 90 s)\n";
        assertThat(train(JOB, "--run-dir", run)).isEqualTo(new Answer(5, why.formatted(run, 0)));
        assertThat(train(JOB, "--run-dir", run, "--wait=1")).isEqualTo(new Answer(5, why.formatted(run, 1)));
        assertThat(train(JOB, "--run-dir", run, "--wait=-1"))
                .isEqualTo(new Answer(2, "solera: Invalid --wait: -1 (must be 0 or more)\n"));
        Files.writeString(locks.resolve("000001.released"), "");
        assertThat(train(JOB, "--run-dir", run)).isEqualTo(new Answer(0, ""));
    }

    @Test
    void emptyTable() throws IOException {
        Path table = Files.writeString(folder.resolve("empty.csv"), "smiles\n");
        assertThat(pretrain(table)).satisfies(answer -> {
            assertThat(answer.code()).isEqualTo(3);
            assertThat(answer.error()).contains(table + ": it has no rows").hasLineCount(1);
        });
    }

    @Test
    void noMoleculesInTheTable() throws IOException {
        Path table = Files.writeString(folder.resolve("bad.smi"), "not-a-molecule\nC1CC\n");
        assertThat(pretrain(table, "--standardize")).satisfies(answer -> {
            assertThat(answer.code()).isEqualTo(3);
            assertThat(answer.error())
                    .contains("none of the 2 texts is a molecule")
                    .hasLineCount(1);
        });
    }

    @Test
    void unknownOption() {
        assertThat(solera("train", "--config", "x", "--confg")).satisfies(answer -> {
            assertThat(answer.code()).isEqualTo(2);
            assertThat(answer.error()).contains("--confg");
        });
    }

    private Answer pretrain(Path table, String... more) {
        String[] arguments = {
            "pretrain",
            "--data",
            table.toString(),
            "--output",
            folder.resolve("out").toString()
        };
        return solera(concat(arguments, more));
    }

    @Test
    void whatIsNoYamlNamesTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("deep.yaml"), "[".repeat(20_000));
        assertThat(solera("train", "--config", file.toString()))
                .isEqualTo(
                        new Answer(2, "solera: %s: Cannot read YAML: Nesting Depth exceeded max 30\n".formatted(file)));
        Files.write(file, new byte[(1 << 20) + 1]);
        assertThat(solera("train", "--config", file.toString()))
                .isEqualTo(
                        new Answer(2, "solera: Cannot read job %s: it is longer than 1048576 bytes\n".formatted(file)));
        assertThat(solera("train", "--config", folder.toString()))
                .isEqualTo(new Answer(
                        2, "solera: Cannot read job %s: it is a folder (must be a YAML file)\n".formatted(folder)));
        Path absent = folder.resolve("absent.yaml");
        assertThat(solera("train", "--config", absent.toString()))
                .isEqualTo(new Answer(2, "solera: Cannot read job %s: no such file\n".formatted(absent)));
    }

    @Test
    void aMessageIsALineThatCanBeReadWhateverItQuotes() {
        Answer answer = solera("rewards", "qed(" + "(".repeat(60_000));
        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.error())
                .startsWith("solera: Invalid reward: qed((((((")
                .contains("( ... (")
                .hasSizeLessThan(1300);
    }

    @Test
    void errorsOfTheJvmAreAnsweredToo() {
        assertThat(ExitCode.of(new StackOverflowError())).isEqualTo(2);
        assertThat(ExitCode.message(new StackOverflowError()))
                .isEqualTo("Cannot read what was given: it is nested too deeply");
        assertThat(ExitCode.of(new OutOfMemoryError("Java heap space"))).isEqualTo(4);
        assertThat(ExitCode.message(new OutOfMemoryError("Java heap space")))
                .startsWith("Out of memory: Java heap space (SOLERA_HEAP=4g gives bin/solera more");
        assertThat(ExitCode.of(new NoClassDefFoundError("a/B"))).isEqualTo(70);
        assertThat(ExitCode.message(new NoClassDefFoundError("a/B")))
                .startsWith("This is a fault in Solera: java.lang.NoClassDefFoundError: a/B. Please report it");
    }

    private Answer train(String job, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("job.yaml"), job.formatted(model));
        String[] arguments = {"train", "--config", file.toString()};
        String[] where = java.util.Arrays.asList(more).contains("--run-dir")
                ? new String[0]
                : new String[] {"--run-dir", folder.resolve("fresh").toString()};
        return solera(concat(concat(arguments, where), more));
    }

    private static Answer solera(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(ByteArrayOutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            int code = SoleraCommand.execute(arguments);
            return new Answer(code, said.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private static String[] concat(String[] a, String[] b) {
        String[] all = java.util.Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }
}
