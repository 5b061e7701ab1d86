package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPlanCommand {
    private static final String JOB = """
            model: %s
            rewards: {mw: {shaping: 'linear(20, 140)'}, logp: {shaping: 'linear(-2, 1)'}}
            rounds: 2
            steps-per-round: 1
            samples-per-step: 8
            micro-batch: 8
            update-batch: 2
            missing-limit: 1
            sampling: {max-new-tokens: 6, temperature: 1}
            algorithm: {name: rloo, epochs: 1, minibatches: 1}
            evaluation: {samples: 8, round-samples: 0}
            """;

    @TempDir
    private Path folder;

    private Path job() throws IOException {
        Commands.writeModel(folder.resolve("model"));
        return Files.writeString(folder.resolve("job.yaml"), JOB.formatted(folder.resolve("model")));
    }

    private Commands.Outcome plan(Path job, String... more) {
        List<String> all = new ArrayList<>(List.of("plan", "--config", job.toString()));
        all.addAll(List.of(more));
        return Commands.run(all.toArray(String[]::new));
    }

    @Test
    void plansFromAFinishedRunAndFromThatPlan() throws IOException {
        Path job = job();
        String run = folder.resolve("run").toString();
        assertThat(Commands.run("train", "--config", job.toString(), "--run-dir", run)
                        .code())
                .isZero();
        Path output = folder.resolve("plan.json");

        Commands.Outcome outcome =
                plan(job, "--executors", "2", "--from", run, "--price-per-hour", "1.5", "--output", output.toString());

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out())
                .startsWith("Method: iterative-rs\nSteps of a round: fused (2 learners on 2 slots keep them busy)\n")
                .contains("part of a round", "rollouts", "scoring", "updates", "exchange and blend", "commit")
                .contains("2 rounds: ", "memory: driver ", "cost of the executors: ")
                .contains("assumed: rates are those of run " + run);
        JsonObject json = JsonParser.parseString(Files.readString(output)).getAsJsonObject();
        assertThat(json.getAsJsonObject("plan").get("round_seconds").getAsDouble())
                .isPositive();
        assertThat(json.getAsJsonObject("rates").get("per_gradient_token").getAsDouble())
                .isPositive();
        // a run of its own size is predicted to be what it was
        Commands.Outcome again = plan(job, "--executors", "2", "--from", output.toString(), "--set", "rounds=7");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out()).contains("7 rounds: ");
    }

    @Test
    void calibratesByShortRunsOfTheJob() throws IOException {
        Path output = folder.resolve("plan.json");

        Commands.Outcome outcome = plan(job(), "--executors", "3", "--calibrate", "--output", output.toString());

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out())
                .contains("measuring: a step\n", "measuring: shared steps\n", "Steps of a round: shared (")
                .contains("assumed: rates are those of a calibration on ");
        JsonObject rates = JsonParser.parseString(Files.readString(output))
                .getAsJsonObject()
                .getAsJsonObject("rates");
        double perMicroBatch = rates.get("per_micro_batch").getAsDouble();
        double perToken = rates.get("per_token").getAsDouble();
        assertThat(perMicroBatch).isNotNegative();
        assertThat(perToken).as("timings of a busy machine leave 0").isNotNegative();
        assertThat(perMicroBatch + perToken).isPositive();
        assertThat(rates.getAsJsonObject("scoring").keySet()).containsExactly("mw", "logp");
        assertThat(rates.getAsJsonObject("moved").get("returned_sample").getAsDouble())
                .isPositive();
        assertThat(rates.getAsJsonArray("slowdown").get(0).getAsDouble()).isEqualTo(1);
    }

    @Test
    void refusesWhatItCannotPlanFrom() throws IOException {
        Path job = job();
        Commands.Outcome none = plan(job, "--executors", "2");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err())
                .isEqualTo("solera: Cannot plan: nothing was measured (measure the job with --calibrate, or name a run"
                        + " or an earlier plan with --from)\n");
        Commands.Outcome both = plan(job, "--executors", "2", "--calibrate", "--from", "x");
        assertThat(both.code()).isEqualTo(2);
        assertThat(both.err()).isEqualTo("solera: Invalid --from: with --calibrate (must be one of them)\n");
        Commands.Outcome zero = plan(job, "--executors", "0", "--from", "x");
        assertThat(zero.code()).isEqualTo(2);
        assertThat(zero.err()).isEqualTo("solera: Invalid --executors: 0 (must be at least 1)\n");
        Commands.Outcome nowhere =
                plan(job, "--executors", "2", "--from", folder.resolve("no").toString());
        assertThat(nowhere.code()).isEqualTo(2);
        assertThat(nowhere.err())
                .isEqualTo("solera: Cannot plan from %s: no such file or folder\n".formatted(folder.resolve("no")));
    }

    @Test
    void refusesFilesAndFoldersWithoutRates() throws IOException {
        Path job = job();
        Path other = Files.writeString(folder.resolve("other.json"), "{\"seed\": 1}");
        Commands.Outcome wrong = plan(job, "--executors", "2", "--from", other.toString());
        assertThat(wrong.code()).isEqualTo(3);
        assertThat(wrong.err())
                .isEqualTo("solera: Cannot plan from %s: it has no rates (name a run folder, or what solera plan"
                                .formatted(other)
                        + " --output wrote)\n");
        Path run = Files.createDirectories(folder.resolve("begun"));
        Files.copy(job, run.resolve("job.yaml"));
        Commands.Outcome begun = plan(job, "--executors", "2", "--from", run.toString());
        assertThat(begun.code()).isEqualTo(2);
        assertThat(begun.err())
                .isEqualTo(
                        ("solera: Cannot plan from %s: no round has trained (it has 0; wait for the first one, or use"
                                        + " --calibrate)\n")
                                .formatted(run));
    }
}
