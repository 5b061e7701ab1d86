package io.solera.jobs.options;

import io.solera.jobs.input.JobFile;
import java.io.IOException;
import picocli.CommandLine.Option;

/** The job file. */
public final class JobOption {
    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The job file (YAML).")
    private String config = "";

    public JobFile read() throws IOException {
        return JobFile.read(config);
    }
}
