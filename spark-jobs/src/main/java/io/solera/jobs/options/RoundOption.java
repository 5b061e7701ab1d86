package io.solera.jobs.options;

import io.solera.jobs.input.Models;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Selects the policy of a run, if {@code --model} names a run. */
public final class RoundOption {
    @Option(
            names = "--round",
            paramLabel = "WHICH",
            description =
                    "For a run folder: the round of the policy: best, last or a number (default: best, by the job's "
                            + "best-by).")
    private @Nullable String round;

    /** The model's folder. */
    public String resolved(String model, Models models) throws IOException {
        return models.resolved(models.name(model, round));
    }
}
