package io.solera.cluster;

import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The tasks that a stage is cut into, asked for when it is made: as many as run at a time on the executors that are
 * there then. With dynamic allocation it is as many as may run at most, since executors come for tasks that wait. No
 * result depends on it.
 */
public final class Slots {
    /** Where nothing limits the allocation and work can be cut at will: Spark's own number for shuffles. */
    private static final int UNLIMITED = 200;

    private final SparkContext spark;
    private final int asked;

    private Slots(SparkContext spark, int asked) {
        this.spark = spark;
        this.asked = asked;
    }

    /** @param asked tasks that a job asks for in each stage; 0: it leaves them to the cluster */
    public static Slots of(SparkContext spark, int asked) {
        return new Slots(spark, asked);
    }

    public static Slots of(SparkContext spark) {
        return of(spark, 0);
    }

    public static Slots of(JavaSparkContext spark, int asked) {
        return of(spark.sc(), asked);
    }

    /** Tasks that run at a time on the executors that are there now. */
    public int running() {
        int executors = spark.statusTracker().getExecutorInfos().length - 1; // the driver is one of them
        return running(spark.getConf(), spark.defaultParallelism(), executors);
    }

    /** Tasks for so many units of work, at least 1. */
    public int tasks(int units) {
        return Math.max(1, Math.min(units, asked > 0 ? asked : reach(spark.getConf(), running())));
    }

    /** Tasks for work that can be cut at will. */
    public int spread() {
        int running = running();
        int reach = asked > 0 ? asked : reach(spark.getConf(), running);
        return reach == Integer.MAX_VALUE ? Math.max(running, UNLIMITED) : reach;
    }

    /**
     * @param parallelism Spark's, which is {@code spark.default.parallelism} or the cores of all executors, and on a
     *     cluster at least 2
     * @param executors that are there
     */
    static int running(SparkConf conf, int parallelism, int executors) {
        if (conf.contains("spark.default.parallelism") || isLocal(conf)) {
            return Math.max(1, parallelism);
        }
        boolean single = executors == 1 && conf.getInt("spark.executor.cores", 0) == 1;
        return Math.max(1, (single ? 1 : parallelism) / conf.getInt("spark.task.cpus", 1));
    }

    /** As many as may run at a time; Integer.MAX_VALUE where nothing limits them. */
    static int reach(SparkConf conf, int running) {
        if (isLocal(conf) || !conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
            return running;
        }
        int executors = conf.getInt("spark.dynamicAllocation.maxExecutors", Integer.MAX_VALUE);
        long each = Math.max(1, conf.getInt("spark.executor.cores", 1) / conf.getInt("spark.task.cpus", 1));
        return (int) Math.min(Integer.MAX_VALUE, Math.max(running, executors * each));
    }

    /** Whether tasks run in the driver's process. */
    public static boolean isLocal(SparkConf conf) {
        String master = conf.get("spark.master", "local");
        return master.equals("local") || master.startsWith("local[");
    }
}
