package io.solera.jobs;

import io.solera.jobs.options.RunOptions;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "quickstart",
        mixinStandardHelpOptions = true,
        description = "Fine-tune the shipped policy on four rewards that conflict, in a few minutes.",
        footer = {"", RunOptions.EXIT_CODES})
final class QuickstartCommand implements Callable<Integer> {
    private static final String JOB = "quickstart.yaml";

    @Mixin
    private RunOptions options = new RunOptions();

    @Override
    public Integer call() throws Exception {
        try (InputStream in = QuickstartCommand.class.getResourceAsStream("/io/solera/" + JOB)) {
            if (in == null) {
                throw new FileNotFoundException("Cannot open %s: it does not ship with this program".formatted(JOB));
            }
            return new TrainingRun("quickstart", new String(in.readAllBytes(), StandardCharsets.UTF_8), options).call();
        }
    }
}
