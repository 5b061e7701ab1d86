package io.solera.doctor;

import io.solera.cluster.Slots;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/** Executors that come, and why some are gone. */
final class Arrivals extends SparkListener {
    private static final long LOOK_MILLIS = 200;
    /** No other comes after so long, where nobody says how many there will be. */
    private static final Duration QUIET = Duration.ofSeconds(3);

    private final Deque<String> lost = new ConcurrentLinkedDeque<>();

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        lost.add(removed.reason());
    }

    /** Waits for executors; how many are there. */
    int await(SparkContext spark, Duration longest) throws InterruptedException {
        SparkConf conf = spark.getConf();
        int wanted = conf.getInt("spark.executor.instances", Integer.MAX_VALUE);
        long end = System.nanoTime() + longest.toNanos();
        long since = System.nanoTime();
        int there = 0;
        while (there < wanted && System.nanoTime() < end && !spark.isStopped()) {
            int now = spark.statusTracker().getExecutorInfos().length - 1; // the driver is one
            if (now != there) {
                since = System.nanoTime();
                there = now;
            } else if (there > 0 && System.nanoTime() - since > QUIET.toNanos()) {
                break;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return there;
    }

    /** Whether executors come only for tasks that wait. */
    static boolean comeForTasks(SparkConf conf) {
        return conf.getBoolean("spark.dynamicAllocation.enabled", false);
    }

    Outcome outcome(SparkContext spark, int there) {
        if (Slots.isLocal(spark.getConf())) {
            return Outcome.ok("local mode: %d tasks at a time in this process"
                    .formatted(Slots.of(spark).running()));
        }
        if (there > 0) {
            return lost.isEmpty()
                    ? Outcome.ok("%d".formatted(there))
                    : Outcome.warning(
                            "%d are there; %d were lost, the last one: %s"
                                    .formatted(there, lost.size(), KnownProblem.words(lost.getLast())),
                            "see the end of its log");
        }
        return Outcome.failed(
                lost.isEmpty()
                        ? "none came to %s".formatted(spark.getConf().get("spark.master", ""))
                        : "none stayed; %d were lost, the last one: %s"
                                .formatted(lost.size(), KnownProblem.words(lost.getLast())),
                lost.isEmpty()
                        ? "see the cluster's page: are cores, memory and GPUs free that spark.executor.* asks for?"
                        : "see the end of an executor's log: it says why the process ended");
    }
}
