package io.solera.jobs;

import io.solera.score.LocalQueries;
import org.apache.spark.sql.SparkSession;

/** The Spark session of a command: the one that spark-submit configures, or one inside this process. */
final class SparkSessions {
    private SparkSessions() {}

    static SparkSession open(String name) {
        SparkSession.Builder builder = SparkSession.builder().appName("solera " + name);
        if (System.getProperty("spark.master") == null) {
            builder.master("local[*]")
                    .config("spark.driver.host", "127.0.0.1")
                    .config("spark.driver.bindAddress", "127.0.0.1")
                    .config("spark.ui.enabled", "false")
                    .config("spark.metrics.staticSources.enabled", "false")
                    .config("spark.metrics.executorMetricsSource.enabled", "false")
                    .config("spark.sql.streaming.ui.enabled", "false")
                    .config("spark.sql.ui.retainedExecutions", "1");
            LocalQueries.INTERPRETED.forEach(builder::config);
        }
        RunningTasks.OF_SPARK.awaitAtExit();
        // rollouts are small tables: more partitions only cost tasks
        return builder.config("spark.sql.shuffle.partitions", System.getProperty("spark.sql.shuffle.partitions", "2"))
                .config("spark.ui.showConsoleProgress", "false")
                .config("spark.executorEnv.OPT_OUT_TRACKING", "true")
                .config("spark.executorEnv.OMP_NUM_THREADS", "1")
                .config("spark.executorEnv.OPENBLAS_NUM_THREADS", "1")
                .getOrCreate();
    }
}
