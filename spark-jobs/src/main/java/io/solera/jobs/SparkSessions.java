package io.solera.jobs;

import org.apache.spark.sql.SparkSession;

/** The Spark session of a command: the one that spark-submit configures, or one inside this process. */
final class SparkSessions {
    private SparkSessions() {}

    /** @param cores task threads when no master is given from outside; 0: one per processor */
    static SparkSession open(String name, int cores) {
        SparkSession.Builder builder = SparkSession.builder().appName("solera " + name);
        if (System.getProperty("spark.master") == null) {
            builder.master(cores > 0 ? "local[" + cores + "]" : "local[*]")
                    .config("spark.driver.host", "127.0.0.1")
                    .config("spark.driver.bindAddress", "127.0.0.1")
                    .config("spark.ui.enabled", System.getProperty("spark.ui.enabled", "false"));
        }
        return builder.config("spark.sql.shuffle.partitions", System.getProperty("spark.sql.shuffle.partitions", "2"))
                .config("spark.broadcast.compress", "false")
                .getOrCreate();
    }
}
