package io.solera.jobs.options;

import io.solera.problem.RequestException;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How long work may take to end after SIGTERM. */
public final class StopOption {
    @Option(
            names = "--stop-within",
            paramLabel = "SECONDS",
            defaultValue = "25",
            description = "On SIGTERM, maximum time to finish and keep the round (of sft and pretrain: the step) that"
                    + " is in progress; what takes longer is done again by --resume. Default: 25, as Kubernetes"
                    + " kills after 30.")
    private long seconds;

    public Duration longest() {
        if (seconds < 0) {
            throw new RequestException("Invalid --stop-within: %d (must be 0 or more)".formatted(seconds));
        }
        return Duration.ofSeconds(seconds);
    }
}
