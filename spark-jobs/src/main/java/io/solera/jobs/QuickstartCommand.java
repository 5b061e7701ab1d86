package io.solera.jobs;

import io.solera.jobs.options.RunOptions;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "quickstart",
        mixinStandardHelpOptions = true,
        description = "Fine-tune a shipped policy on four rewards that conflict, in a few minutes.",
        footer = {"", RunOptions.EXIT_CODES})
final class QuickstartCommand implements Callable<Integer> {
    /** What it shows; each has a job, and a policy that ships with Solera. */
    enum Task {
        MOLECULES("quickstart"),
        PEPTIDES("quickstart-peptides");

        private final String job;

        Task(String job) {
            this.job = job;
        }

        private String yaml() throws IOException {
            String file = job + ".yaml";
            try (InputStream in = QuickstartCommand.class.getResourceAsStream("/io/solera/" + file)) {
                if (in == null) {
                    throw new FileNotFoundException(
                            "Cannot open %s: it does not ship with this program".formatted(file));
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    @Option(
            names = "--task",
            defaultValue = "molecules",
            paramLabel = "TASK",
            description = {
                "molecules: active against two kinases, drug-like and easy to make;",
                "peptides: charged, amphipathic, hydrophobic and stable (default: ${DEFAULT-VALUE})."
            })
    private Task task = Task.MOLECULES;

    @Mixin
    private RunOptions options = new RunOptions();

    @Override
    public Integer call() throws Exception {
        return new TrainingRun(task.job, task.yaml(), options).call();
    }
}
