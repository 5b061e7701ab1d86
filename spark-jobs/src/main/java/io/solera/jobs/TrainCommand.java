package io.solera.jobs;

import io.solera.jobs.input.JobFile;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Fine-tune a policy on the rewards of a job.",
        footer = {"", RunOptions.EXIT_CODES})
final class TrainCommand implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The job, in YAML.")
    private String config = "";

    @Mixin
    private RunOptions options = new RunOptions();

    @Override
    public Integer call() throws IOException {
        JobFile job = JobFile.read(config);
        return new TrainingRun(job.name(), job.yaml(), options).call();
    }
}
