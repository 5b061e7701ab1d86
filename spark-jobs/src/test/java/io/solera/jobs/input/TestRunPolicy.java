package io.solera.jobs.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.jobs.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run folder as a model, wherever a command names one. */
class TestRunPolicy {
    private static final String JOB = """
            model: %s
            rewards:
              mw: {shaping: 'linear(20, 140)'}
              logp: {shaping: 'linear(-2, 1)'}
            rounds: 2
            steps-per-round: 1
            samples-per-step: 8
            micro-batch: 8
            lora: %s
            sampling: {max-new-tokens: 10, temperature: 1}
            algorithm: {name: rloo, epochs: 1, minibatches: 1}
            evaluation: {samples: 24, round-samples: 24}
            """;

    @TempDir
    private Path folder;

    @Test
    void aRunIsTheModelOfItsBestOrLastRoundOrOfOneByNumber() throws IOException {
        Commands.writeModel(folder.resolve("model"));
        Path run = folder.resolve("run");
        Commands.Outcome trained = train(run, folder.resolve("model").toString(), "null");
        assertThat(trained.code()).as(trained.err()).isZero();
        List<String> lines = trained.out().lines().toList();
        Path last = policy(run, 2);
        assertThat(lines.get(lines.size() - 1))
                .startsWith("policy of the best round, ")
                .contains(" by hypervolume");
        assertThat(trained.out()).contains(": " + last).doesNotContain("NaN");
        assertThat(trained.out().lines().noneMatch(line -> line.startsWith("success")))
                .isTrue();

        Commands.Outcome ofLast = sample(run.toString(), "--round", "last");
        assertThat(ofLast.err())
                .startsWith("model %s: round 2 of 2, ".formatted(run))
                .contains("the last");
        assertThat(ofLast.out())
                .isEqualTo(sample(last.toString()).out())
                .isEqualTo(sample(run + "@2").out());
        String best = trained.out().replaceAll("(?s).*policy of the best round, (\\d).*", "$1");
        assertThat(sample(run.toString()).out())
                .isEqualTo(sample(run + "@" + best).out());
        assertThat(sample(run.toString(), "--round", "7").err())
                .contains("Cannot take the policy of round 7 of run %s: it is not there (there are those of rounds "
                        .formatted(run));
        assertThat(sample(run.toString(), "--round", "latest").err())
                .contains("Invalid --round: latest (must be best, last or the number of a round)");
        assertThat(sample(last.toString(), "--round", "last").err())
                .contains("Invalid --round: last (must be absent: %s is no run folder)".formatted(last));

        Path again = folder.resolve("again");
        assertThat(train(again, run + "@last", "null").code()).isZero();
        assertThat(Files.readString(again.resolve("job.yaml")))
                .as("which policy is meant is kept, whatever the run becomes")
                .contains(last.toString());
        Commands.Outcome blend =
                Commands.run("blend", "--output", folder.resolve("blend").toString(), run + "@1=1", run + "@last=1");
        assertThat(blend.out()).endsWith("policy %s\n".formatted(folder.resolve("blend")));
        Path table = Files.writeString(folder.resolve("t.csv"), "smiles\nCCO\n");
        Commands.Outcome scored = Commands.run(
                "score",
                "--input",
                table.toString(),
                "--rewards",
                "fluency(model='%s')".formatted(run),
                "--output",
                folder.resolve("scored.csv").toString());
        assertThat(scored.code()).as(scored.err()).isZero();
    }

    @Test
    void anAdapterCarriesItsTokenizer() throws IOException {
        Commands.writeModel(folder.resolve("model"));
        Path run = folder.resolve("run");
        assertThat(train(run, folder.resolve("model").toString(), "{rank: 2, alpha: 4}")
                        .code())
                .isZero();
        for (String file : List.of("adapter_config.json", "tokenizer.json", "tokenizer_config.json")) {
            assertThat(policy(run, 2).resolve(file)).exists();
        }
        assertThat(Files.readString(policy(run, 2).resolve("tokenizer.json")))
                .isEqualTo(Files.readString(folder.resolve("model/tokenizer.json")));
        assertThat(sample(run.toString(), "--round", "last").code()).isZero();
    }

    private Commands.Outcome train(Path run, String model, String lora) throws IOException {
        Path job = Files.writeString(folder.resolve("job.yaml"), JOB.formatted(model, lora));
        return Commands.run("train", "--config", job.toString(), "--run-dir", run.toString());
    }

    private static Commands.Outcome sample(String model, String... more) {
        return Commands.run(Stream.concat(Stream.of("sample", "--model", model, "--count", "16"), Stream.of(more))
                .toArray(String[]::new));
    }

    private static Path policy(Path run, int round) throws IOException {
        Path folder = run.resolve("rounds/0000" + round);
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory)
                    .map(attempt -> attempt.resolve("policy"))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
