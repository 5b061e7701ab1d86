package io.solera.cluster;

import io.solera.cluster.compat.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.resource.ExecutorResourceRequests;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;

/**
 * Where rewards are scored on a cluster with accelerators, such as GPUs: generation and updates take a slot of an
 * accelerator, and scoring needs none, so where an executor has more cores than accelerators, scoring would leave cores
 * idle. Spark's stage-level scheduling gives it slots of cores.
 *
 * @param note what a user should know; empty where there is only one kind of slot
 */
public record ScoringSlots(Kind kind, String note) {
    private static final String AMOUNT = ".amount";
    /** A profile is one object per application: a new one would ask for executors of its own. */
    private static final Map<String, ResourceProfile> PROFILES = new ConcurrentHashMap<>();

    /** Whose slots scoring takes. */
    public enum Kind {
        /** Those of generation. */
        SAME,
        /** All cores of the same executors. */
        CORES,
        /** Those of executors without accelerators, which dynamic allocation brings. */
        EXECUTORS
    }

    static ScoringSlots of(SparkConf conf) {
        Map<String, Double> asked = amounts(conf, "spark.task.resource.");
        if (asked.isEmpty()) {
            return new ScoringSlots(Kind.SAME, "");
        }
        String what = String.join(" and ", asked.keySet());
        Map<String, Double> there = amounts(conf, "spark.executor.resource.");
        double accelerated = asked.entrySet().stream()
                .mapToDouble(each -> Math.floor(there.getOrDefault(each.getKey(), 0.0) / each.getValue()))
                .min()
                .orElse(0);
        String master = conf.get("spark.master", "local");
        boolean standalone = master.startsWith("spark://") || master.startsWith("local-cluster[");
        int cpus = conf.getInt("spark.task.cpus", 1);
        // of a standalone cluster an executor has all cores of its machine
        double slots = standalone && !conf.contains("spark.executor.cores")
                ? Double.POSITIVE_INFINITY
                : Math.floorDiv(conf.getInt("spark.executor.cores", 1), cpus);
        if (slots <= accelerated) {
            return new ScoringSlots(Kind.SAME, "");
        } else if (!standalone && !master.startsWith("yarn") && !master.startsWith("k8s")) {
            return new ScoringSlots(
                    Kind.SAME,
                    "rewards are scored on slots of %s: with master %s Spark has one kind of slot"
                            .formatted(what, master));
        }
        return conf.getBoolean("spark.dynamicAllocation.enabled", false)
                ? new ScoringSlots(Kind.EXECUTORS, "rewards are scored on executors without %s".formatted(what))
                : new ScoringSlots(Kind.CORES, "rewards are scored on all cores, whoever has a %s".formatted(what));
    }

    public static ScoringSlots of(SparkContext spark) {
        return of(spark.getConf());
    }

    /** What the stage of scoring asks for; empty: what all stages do. */
    public static Optional<ResourceProfile> profile(SparkContext spark) {
        SparkConf conf = spark.getConf();
        Kind kind = of(conf).kind();
        return kind == Kind.SAME
                ? Optional.empty()
                : Optional.of(PROFILES.computeIfAbsent(spark.applicationId(), id -> profile(kind, conf)));
    }

    private static ResourceProfile profile(Kind kind, SparkConf conf) {
        ResourceProfileBuilder builder = new ResourceProfileBuilder()
                .require(new TaskResourceRequests().cpus(conf.getInt("spark.task.cpus", 1)));
        if (kind == Kind.EXECUTORS) {
            ExecutorResourceRequests executors = new ExecutorResourceRequests()
                    .cores(conf.getInt("spark.executor.cores", 1))
                    .memory(conf.get("spark.executor.memory", "1g"));
            builder.require(
                    conf.contains("spark.executor.memoryOverhead")
                            ? executors.memoryOverhead(conf.get("spark.executor.memoryOverhead"))
                            : executors);
        }
        return builder.build();
    }

    /** Amounts above 0 by the resource's name. */
    private static Map<String, Double> amounts(SparkConf conf, String prefix) {
        Map<String, Double> amounts = new TreeMap<>();
        Settings.of(conf).forEach((key, value) -> {
            if (key.startsWith(prefix) && key.endsWith(AMOUNT) && Double.parseDouble(value) > 0) {
                amounts.put(key.substring(prefix.length(), key.length() - AMOUNT.length()), Double.parseDouble(value));
            }
        });
        return amounts;
    }
}
