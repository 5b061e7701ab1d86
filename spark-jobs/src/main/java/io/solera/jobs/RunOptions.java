package io.solera.jobs;

import io.solera.reward.catalogue.Locations;
import io.solera.score.OutputPath;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code train}, {@code quickstart} and {@code sft} have in common. */
final class RunOptions {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

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

    @Option(
            names = "--overwrite",
            description =
                    "Replace the run in --run-dir, with all its rounds; a folder that holds anything else is left alone.")
    private boolean overwrite;

    boolean overwrite() {
        return overwrite;
    }

    List<String> overrides() {
        return overrides;
    }

    /** The run's folder: the one that is named, else one of the job's name and the time. */
    String location(String job) {
        if (runDir != null) {
            Locations.require(runDir);
            return runDir;
        }
        if (resume) {
            throw new IllegalArgumentException("Cannot resume: no run is named (say which with --run-dir)");
        }
        return "runs/" + job + "-" + TIME.format(LocalDateTime.now(ZoneId.systemDefault()));
    }

    /** @throws IllegalArgumentException when a file or folder that the run reads lies in the run's folder */
    void requireApart(String location, Collection<String> inputs, Configuration configuration) throws IOException {
        if (!resume) {
            OutputPath.requireApart(location, inputs, configuration);
        }
    }

    /** A run that has begun is only gone on with when that is asked for, and the other way round. */
    void requireResume(String location, Configuration configuration) throws IOException {
        Path file = new Path(location, "job.yaml");
        boolean begun;
        try {
            begun = file.getFileSystem(configuration).exists(file);
        } catch (IOException e) { // below a regular file, say: opening the folder tells it better
            return;
        }
        if (resume && overwrite) {
            throw new IllegalArgumentException("Invalid --overwrite: with --resume (must be one of them)");
        }
        if (begun && !resume && !overwrite) {
            throw new IllegalArgumentException(
                    "Cannot begin a run: %s holds one (resume it with --resume, replace it with --overwrite, or name another --run-dir)"
                            .formatted(location));
        }
        if (!begun && resume) {
            throw new IllegalArgumentException(
                    "Cannot resume: there is no run in %s (leave --resume out)".formatted(location));
        }
    }
}
