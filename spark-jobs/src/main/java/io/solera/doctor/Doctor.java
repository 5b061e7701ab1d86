package io.solera.doctor;

import io.solera.cluster.Described;
import io.solera.cluster.Slots;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Looks at an application's driver, executors and run folder, in less than two minutes. */
public final class Doctor {
    private static final Duration LONGEST = Duration.ofSeconds(110);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(40);
    /** Of a job that only asks who is there. */
    private static final Duration LONGEST_QUESTION = Duration.ofSeconds(30);
    /** For what follows the checks of processes. */
    private static final Duration RESERVE = Duration.ofSeconds(5);

    private final SparkSession session;
    private final JavaSparkContext spark;
    private final boolean local;
    private final Consumer<String> note;
    private final long end = System.nanoTime() + LONGEST.toNanos();
    private final String name = UUID.randomUUID().toString();
    private final List<Finding> findings = new ArrayList<>();

    private Doctor(SparkSession session, Consumer<String> note) {
        this.session = session;
        this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        this.local = Slots.isLocal(spark.getConf());
        this.note = note;
    }

    /**
     * @param folder of a run, for its file system
     * @param note prints what is looked at
     */
    public static Report examine(SparkSession session, String folder, Consumer<String> note)
            throws InterruptedException {
        Doctor doctor = new Doctor(session, note);
        Arrivals arrivals = new Arrivals();
        doctor.spark.sc().addSparkListener(arrivals);
        try {
            doctor.examine(folder, arrivals);
        } finally {
            doctor.spark.sc().removeSparkListener(arrivals);
        }
        return new Report(doctor.findings);
    }

    private void examine(String folder, Arrivals arrivals) throws InterruptedException {
        cluster("GPU request", Gpu.request(spark.getConf()));
        boolean there = executors(arrivals) && same();
        note.accept("the run folder");
        try (RunFolderCheck runs = runFolder(folder)) {
            processes(runs == null ? null : runs.scratch(), there);
            if (runs != null) {
                leave(runs);
            }
        } catch (IOException e) {
            cluster(RunFolderCheck.NAME, KnownProblem.outcome(e));
        }
        List<String> compared = Stream.concat(
                        Probe.NAMES.stream(),
                        Checks.ofTask(List.of()).stream().filter(Check::same).map(Check::name))
                .toList();
        findings.addAll(Comparison.of(compared, findings));
    }

    private boolean executors(Arrivals arrivals) throws InterruptedException {
        boolean waits = !local && !Arrivals.comeForTasks(spark.getConf());
        if (waits) {
            note.accept("executors");
        }
        int there = waits ? arrivals.await(spark.sc(), LONGEST_WAIT) : 1;
        if (waits || local) {
            cluster("executors", arrivals.outcome(spark.sc(), there));
        }
        return there > 0 && !spark.sc().isStopped();
    }

    /** Whether all processes have the same Solera; asked twice, as a first task loads classes, which its clock sees. */
    private boolean same() throws InterruptedException {
        try {
            List<String[]> answers = new ArrayList<>(everywhere(new Probe(name), LONGEST_QUESTION));
            if (!local) {
                answers.add(new Probe("driver of " + name)
                        .call(List.<Integer>of().iterator())
                        .next());
            }
            findings.addAll(Comparison.ofAnswers(answers));
            long before = System.currentTimeMillis();
            List<String[]> again = everywhere(new Probe("again " + name), LONGEST_QUESTION);
            long after = System.currentTimeMillis();
            for (String[] answer : again) {
                Clock clock = new Clock(before, Long.parseLong(answer[Probe.CLOCK]), after);
                if (!local) {
                    findings.add(new Finding(Clock.NAME, answer[Probe.PLACE], clock.outcome()));
                }
            }
            return Comparison.otherSolera(findings).isEmpty();
        } catch (ExecutionException | TimeoutException | IOException e) {
            cluster("tasks", failed(e));
            return false;
        }
    }

    private @Nullable RunFolderCheck runFolder(String folder) throws IOException {
        RunFolderCheck runs = RunFolderCheck.of(folder, spark.hadoopConfiguration());
        Outcome files = runs.files();
        cluster(RunFolderCheck.NAME, files);
        if (files.status() == Status.FAILED) {
            runs.close();
            return null;
        }
        cluster(RunFolderCheck.ONCE, runs.publication());
        return runs;
    }

    private void leave(RunFolderCheck runs) {
        List<String> writers = findings.stream()
                .filter(finding -> finding.check().equals(Scratch.NAME)
                        && finding.outcome().status() == Status.OK)
                .map(Finding::place)
                .toList();
        if (writers.size() > 1) {
            cluster("published once by tasks", runs.race(writers));
        }
        Outcome left = runs.removed();
        if (left != null) {
            cluster("deleted", left);
        }
    }

    /** Tasks on executors and, unless they run in its process, the driver at the same time. */
    private void processes(@Nullable Scratch scratch, boolean there) throws InterruptedException {
        note.accept("native libraries, a training step and rewards");
        TriedReward.Sql sql = null;
        try {
            sql = TriedReward.Sql.of(session);
        } catch (RuntimeException | LinkageError e) {
            cluster(TriedReward.Sql.NAME, KnownProblem.outcome(e));
        }
        JavaFutureAction<List<Finding>> tasks =
                there ? started(new Examination(name, sql, scratch, left().minus(RESERVE))) : null;
        if (!local) {
            findings.addAll(Examination.of(Finding.DRIVER, Machine.here(), Checks.OF_A_PROCESS, left().minus(RESERVE)));
        }
        if (tasks != null) {
            try {
                findings.addAll(ended(tasks, left()));
            } catch (ExecutionException | TimeoutException e) {
                cluster("tasks", failed(e));
            }
        }
    }

    private static Outcome failed(Exception problem) {
        return problem instanceof TimeoutException
                ? Outcome.failed(
                        "tasks have not ended in time",
                        "see the cluster's page: do executors come, and what do their tasks wait for?")
                : KnownProblem.outcome(problem);
    }

    private <T> List<T> everywhere(FlatMapFunction<Iterator<Integer>, T> work, Duration longest)
            throws InterruptedException, ExecutionException, TimeoutException {
        return ended(started(work), longest.compareTo(left()) < 0 ? longest : left());
    }

    /** As many tasks that all executors get some: those that have nothing to do end soon. */
    private <T> JavaFutureAction<List<T>> started(FlatMapFunction<Iterator<Integer>, T> work) {
        int tasks = 2 * Slots.of(spark, 0).running();
        return Described.more(
                spark.sc(),
                ": " + work.getClass().getSimpleName().toLowerCase(Locale.ROOT),
                () -> spark.parallelize(IntStream.range(0, tasks).boxed().toList(), tasks)
                        .mapPartitions(work)
                        .collectAsync());
    }

    private static <T> List<T> ended(JavaFutureAction<List<T>> tasks, Duration longest)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return tasks.get(Math.max(1, longest.toMillis()), TimeUnit.MILLISECONDS);
        } finally {
            tasks.cancel(true);
        }
    }

    private Duration left() {
        return Duration.ofNanos(end - System.nanoTime());
    }

    private void cluster(String check, Outcome outcome) {
        findings.add(new Finding(check, local ? Finding.DRIVER : Finding.CLUSTER, outcome));
    }
}
