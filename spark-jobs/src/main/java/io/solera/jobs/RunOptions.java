package io.solera.jobs;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code train} and {@code quickstart} have in common. */
final class RunOptions {
    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Override a key of the job, such as seed=2 or rewards.qed.weight=0.4.")
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = "--run-dir",
            paramLabel = "URI",
            description = "The run's folder, on any Hadoop file system (default: runs/<job>-<time>).")
    private @Nullable String runDir;

    @Option(names = "--resume", description = "Go on with the run in --run-dir.")
    private boolean resume;

    List<String> overrides() {
        return overrides;
    }

    @Nullable
    String runDir() {
        return runDir;
    }

    boolean resume() {
        return resume;
    }
}
