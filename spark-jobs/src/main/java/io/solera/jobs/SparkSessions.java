package io.solera.jobs;

import io.solera.store.PrivateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.sql.SparkSession;

/** The Spark session of a command: the one that spark-submit configures, or one inside this process. */
final class SparkSessions {
    private static final String LOCAL = "spark.local.dir";

    private SparkSessions() {}

    static SparkSession open(String name) {
        SparkSession.Builder builder = SparkSession.builder().appName("solera " + name);
        if (System.getProperty("spark.master") == null) {
            builder.master("local[*]")
                    .config("spark.driver.host", "127.0.0.1")
                    .config("spark.driver.bindAddress", "127.0.0.1")
                    .config("spark.ui.enabled", "false");
            if (System.getProperty(LOCAL) == null && System.getenv("SPARK_LOCAL_DIRS") == null) {
                builder.config(LOCAL, shuffles());
            }
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

    /** Where Spark leaves shuffled rows, which are the user's texts: by itself it lets everybody read them. */
    private static String shuffles() {
        try {
            return PrivateFolder.untilExit().toString();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a folder for temporary files: " + e.getMessage(), e);
        }
    }
}
