package io.solera.jobs;

import io.solera.doctor.Doctor;
import io.solera.doctor.Report;
import io.solera.doctor.Status;
import io.solera.jobs.console.ExitCode;
import io.solera.jobs.console.TextTable;
import io.solera.jobs.session.SparkSessions;
import io.solera.problem.RunException;
import io.solera.reward.catalogue.Locations;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Check that Solera can run here: on the driver and on every executor, in two minutes at most.",
            "Java, Spark, native libraries, folders, GPUs, clocks, a training step, a reward of each kind, and the file"
                    + " system of the run folder. docs/doctor.md explains what it finds."
        },
        footer = {
            "",
            "Examples:",
            "  solera doctor",
            "  solera doctor --run-dir hdfs:///runs/one",
            "",
            "Exit codes: 0 done, also with warnings; 2 the request is wrong, 4 a check failed."
        })
final class DoctorCommand implements Callable<Integer> {
    @Option(
            names = "--run-dir",
            paramLabel = "URI",
            defaultValue = "runs",
            description = "The folder of a run, whose file system is tried; it need not exist (default:"
                    + " ${DEFAULT-VALUE}, where runs are by default).")
    private String runDir = "runs";

    private boolean opened;
    private @Nullable Report report;

    @Override
    public Integer call() throws Exception {
        Locations.require(runDir);
        return ended(report());
    }

    /** Prints a report; the exit code, or the exception for it. */
    static int ended(Report found) {
        System.out.println();
        TextTable.print(
                System.out,
                found.lines().stream()
                        .map(line -> List.of(line.status().text(), line.check(), line.places(), line.text()))
                        .toList(),
                column -> false);
        List<String> failed = found.named(Status.FAILED);
        int warnings = found.named(Status.WARNING).size();
        System.out.printf("%n%d checks: %d failed, %d with warnings%n", found.checks(), failed.size(), warnings);
        if (!failed.isEmpty()) {
            throw new RunException("Cannot rely on this set-up: %d of %d checks failed (%s)"
                    .formatted(failed.size(), found.checks(), String.join(", ", failed)));
        }
        return ExitCode.DONE;
    }

    private Report report() throws Exception {
        try {
            SparkSessions.run("doctor", spark -> {
                opened = true;
                report = Doctor.examine(spark, runDir, what -> System.out.println("looking at: " + what));
            });
        } catch (Exception | LinkageError e) {
            if (opened && report == null) {
                throw e;
            }
            if (report == null) {
                report = Report.withoutSpark(e);
            }
        }
        return Objects.requireNonNull(report);
    }
}
