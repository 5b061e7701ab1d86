package io.solera.jobs.options;

import io.solera.jobs.console.StopNotice;
import io.solera.problem.RequestException;
import io.solera.problem.StopRequest;
import io.solera.reward.catalogue.Locations;
import io.solera.store.DamagedRunException;
import io.solera.store.RunFolder;
import io.solera.table.output.OutputPath;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of {@code train}, {@code quickstart} and {@code sft}. */
public final class RunOptions {
    public static final String EXIT_CODES =
            "Exit codes: 0 done, 2 the request is wrong, 3 the data is wrong, 4 the run failed, or was stopped by"
                    + " SIGTERM (--resume), 5 another driver uses its folder or may (--wait), 70 a fault in Solera,"
                    + " 130 or 143 ended at once by Ctrl-C or a second SIGTERM (--resume).";
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

    @Option(
            names = "--resume",
            description = "Resume the run in --run-dir; start it if there is none, and do nothing if it is done.")
    private boolean resume;

    @Option(
            names = "--overwrite",
            description =
                    "Replace the run in --run-dir, with all its rounds; a folder that contains anything else is left "
                            + "alone.")
    private boolean overwrite;

    @Option(
            names = "--wait",
            arity = "0..1",
            paramLabel = "SECONDS",
            defaultValue = "0",
            fallbackValue = "300",
            description = "Maximum time to wait for another driver of the run to end or to be considered gone (no "
                    + "sign of life for 90 s). Default: do not wait; without SECONDS: 300.")
    private long wait;

    @Mixin
    private StopOption stop = new StopOption();

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    public List<String> overrides() {
        return overrides;
    }

    /** The run's folder: the given one, else one named after the job and the time. */
    public String location(String job) {
        if (runDir != null) {
            Locations.require(runDir);
            return runDir;
        }
        if (resume) {
            throw new RequestException("Cannot resume: no run is named (say which with --run-dir)");
        }
        return "runs/" + job + "-" + TIME.format(LocalDateTime.now(ZoneId.systemDefault()));
    }

    /** @throws IllegalArgumentException if a file or folder that the run reads is in the run's folder */
    public void requireApart(String location, Collection<String> inputs, Configuration configuration)
            throws IOException {
        OutputPath.requireApart(location, inputs, configuration);
    }

    /** How the run's folder is opened. */
    public RunFolder.Opening opening() {
        if (wait < 0) {
            throw new RequestException("Invalid --wait: %d (must be 0 or more)".formatted(wait));
        }
        return new RunFolder.Opening(overwrite, Duration.ofSeconds(wait));
    }

    /** What SIGTERM makes, and what says how to resume. */
    public StopRequest stopRequest(String location) {
        return StopNotice.request(command, List.of(List.of("--run-dir", location), List.of("--resume")));
    }

    /**
     * What signals do to the command.
     *
     * @param unit of its work that is finished first
     */
    public StopNotice stopNotice(StopRequest request, String unit) {
        return StopNotice.of(request, "before its first " + unit, "the " + unit, stop.longest());
    }

    /** A run with a committed round is only resumed or replaced on request. */
    public void requireResume(String location, Configuration configuration) throws IOException {
        if (resume && overwrite) {
            throw new RequestException("Invalid --overwrite: with --resume (must be one of them)");
        }
        if (!resume && !overwrite && isBegun(location, configuration)) {
            throw new RequestException(
                    ("Cannot start a run: %s already holds one (resume it with --resume, replace it with --overwrite,"
                                    + " or name another --run-dir)")
                            .formatted(location));
        }
    }

    private static boolean isBegun(String location, Configuration configuration) throws DamagedRunException {
        try {
            return RunFolder.isBegun(location, configuration);
        } catch (DamagedRunException e) {
            throw e;
        } catch (IOException e) { // for example below a regular file: opening the folder reports it better
            return false;
        }
    }
}
