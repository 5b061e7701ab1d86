package io.solera.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Fine-tune a policy on the rewards of a job.",
        footer = {"", "Exit codes: 0 done, 2 the request is wrong, 3 the data is wrong, 4 the run failed (--resume)."})
final class TrainCommand implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The job, in YAML.")
    private String config = "";

    @Mixin
    private RunOptions options = new RunOptions();

    @Override
    public Integer call() throws IOException {
        Path file = new Path(config);
        String yaml;
        try (InputStream in = file.getFileSystem(new Configuration()).open(file)) {
            yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        return new TrainingRun(file.getName().replaceFirst("\\.ya?ml$", ""), yaml, options).call();
    }
}
