package io.solera.jobs.session;

import io.solera.cluster.Described;
import io.solera.meter.RunMeter;
import io.solera.problem.RequestException;
import io.solera.score.LocalQueries;
import io.solera.store.storage.PrivateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * The Spark session of a command: the one that spark-submit configures, or one inside this process. What a command
 * started is closed however its work ends; a session that was there, as of a notebook, is left to whoever made it.
 * Starting Spark takes seconds: a request is checked first, as far as that needs no Spark.
 */
public final class SparkSessions {
    private static final String LOCAL = "spark.local.dir";
    private static final String SERIALIZER = "spark.serializer";
    private static final String JAVA = "org.apache.spark.serializer.JavaSerializer";
    private static final String PLUGINS = "spark.plugins";

    /** What decides on results or on whose rows are kept, whatever a cluster has for its default. */
    private static final Map<String, String> FIXED = Map.of(
            // Spark's Kryo cannot read or write records
            SERIALIZER,
            JAVA,
            // an expression means the same on every cluster, and in Spark 3 and 4
            "spark.sql.ansi.enabled",
            "false",
            // no row is lost in silence
            "spark.sql.files.ignoreCorruptFiles",
            "false",
            "spark.sql.files.ignoreMissingFiles",
            "false",
            // a part is one file
            "spark.sql.files.maxRecordsPerFile",
            "0",
            // what is replaced is replaced whole
            "spark.sql.sources.partitionOverwriteMode",
            "static");

    /**
     * How much of what is done the driver remembers, where the user does not say: with Spark's own 100,000 tasks its
     * heap grows for hours.
     */
    private static final Map<String, String> REMEMBERED = Map.of("spark.ui.retainedTasks", "10000");

    /** In one process, which shows nothing unless the user asks for it. */
    private static final Map<String, String> REMEMBERED_LOCALLY = Map.of(
            "spark.ui.enabled",
            "false",
            "spark.metrics.staticSources.enabled",
            "false",
            "spark.metrics.executorMetricsSource.enabled",
            "false",
            "spark.ui.retainedTasks",
            "1000",
            "spark.ui.retainedStages",
            "100",
            "spark.ui.retainedJobs",
            "100",
            "spark.sql.ui.retainedExecutions",
            "1");

    /** What is set where the user sets nothing: spark-submit makes system properties of what a user sets. */
    private static final Map<String, String> DEFAULTS = Map.of(
            // rollouts are small tables: more partitions only cost tasks
            "spark.sql.shuffle.partitions",
            "2",
            // a task is one thread of PyTorch's, and of ND4J's
            "spark.executorEnv.OMP_NUM_THREADS",
            "1",
            "spark.executorEnv.OPENBLAS_NUM_THREADS",
            "1",
            // an executor that gets notice, as on spot machines, ends its tasks and hands on what it holds
            "spark.decommission.enabled",
            "true",
            "spark.storage.decommission.enabled",
            "true",
            "spark.storage.decommission.rddBlocks.enabled",
            "true",
            "spark.storage.decommission.shuffleBlocks.enabled",
            "true");

    private SparkSessions() {}

    /** What a command does with Spark. */
    @FunctionalInterface
    public interface Work {
        void with(SparkSession spark) throws Exception;
    }

    /** @param name of the application, after {@code solera} */
    public static void run(String name, Work work) throws Exception {
        run(name, name, work);
    }

    /** @param location of what it makes: the last part of it names the group of its jobs */
    public static void run(String name, String location, Work work) throws Exception {
        requireDriver(name, System.getProperties(), System.getenv());
        long begun = System.currentTimeMillis();
        SparkSession spark = open(name);
        boolean own = spark.sparkContext().startTime() >= begun;
        try (Described command = Described.run(spark.sparkContext(), location, name)) {
            work.with(spark);
        } finally {
            if (own) {
                spark.close();
            }
        }
    }

    /** Commands make tasks of their own, which a client of Spark Connect cannot. */
    static void requireDriver(String name, Map<?, ?> properties, Map<String, String> environment) {
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("spark.remote", properties.get("spark.remote"));
        asked.put("SPARK_REMOTE", environment.get("SPARK_REMOTE"));
        asked.put("spark.api.mode", "connect".equals(properties.get("spark.api.mode")) ? "connect" : null);
        asked.forEach((key, value) -> {
            if (value != null && !value.toString().isBlank()) {
                throw new RequestException(
                        ("Cannot run solera %s over Spark Connect: it needs the driver of a cluster (unset %s, which is"
                                        + " %s, and use spark-submit; over Spark Connect there are the SQL functions)")
                                .formatted(name, key, value));
            }
        });
    }

    static SparkSession open(String name) {
        SparkSession.Builder builder = SparkSession.builder().appName("solera " + name);
        remember(builder, REMEMBERED);
        if (System.getProperty("spark.master") == null) {
            builder.master("local[*]")
                    .config("spark.driver.host", "127.0.0.1")
                    .config("spark.driver.bindAddress", "127.0.0.1")
                    .config("spark.sql.streaming.ui.enabled", "false");
            remember(builder, REMEMBERED_LOCALLY);
            LocalQueries.INTERPRETED.forEach(builder::config);
            if (System.getProperty(LOCAL) == null && System.getenv("SPARK_LOCAL_DIRS") == null) {
                builder.config(LOCAL, shuffles());
            }
        }
        builder.config(PLUGINS, plugins(System.getProperty(PLUGINS, "")));
        RunningTasks.OF_SPARK.awaitAtExit();
        FIXED.forEach(builder::config);
        DEFAULTS.forEach((key, value) -> builder.config(key, System.getProperty(key, value)));
        SparkSession spark = builder.config("spark.ui.showConsoleProgress", "false")
                .config("spark.executorEnv.OPT_OUT_TRACKING", "true")
                .getOrCreate();
        String serializer = spark.sparkContext().getConf().get(SERIALIZER, JAVA);
        if (!serializer.equals(JAVA)) {
            throw new RequestException(
                    "Cannot use the Spark context of this process: its %s is %s (must be %s; let Solera make its own)"
                            .formatted(SERIALIZER, serializer, JAVA));
        }
        return spark;
    }

    /** Those of the user, and ours. */
    static String plugins(String asked) {
        String ours = RunMeter.PLUGIN;
        if (asked.isBlank()) {
            return ours;
        }
        return Arrays.asList(asked.split(" *, *")).contains(ours) ? asked : asked + "," + ours;
    }

    private static void remember(SparkSession.Builder builder, Map<String, String> settings) {
        settings.forEach((key, value) -> builder.config(key, System.getProperty(key, value)));
    }

    /** Where Spark leaves shuffled rows, which are the user's texts: by itself it lets everybody read them. */
    private static String shuffles() {
        try {
            return PrivateFolder.untilExit().toString();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a folder for temporary files: " + e.getMessage(), e);
        }
    }
}
