package io.solera.jobs;

import io.solera.jobs.input.JobFile;
import io.solera.jobs.options.JobOption;
import io.solera.jobs.options.RunOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Fine-tune a policy on the rewards of a job.",
        footer = {"", RunOptions.EXIT_CODES})
final class TrainCommand implements Callable<Integer> {
    @Mixin
    private JobOption config = new JobOption();

    @Mixin
    private RunOptions options = new RunOptions();

    @Override
    public Integer call() throws Exception {
        JobFile job = config.read();
        return new TrainingRun(job.name(), job.yaml(), options).call();
    }
}
