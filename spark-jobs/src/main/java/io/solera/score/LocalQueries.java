package io.solera.score;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * How queries run inside this process. Spark generates and compiles Java code for each query, and replans it while it
 * runs: this takes seconds, which never pays off for a small table.
 */
public final class LocalQueries {
    /** Settings of a session that interprets its queries. */
    public static final Map<String, String> INTERPRETED = Map.of(
            "spark.sql.adaptive.enabled", "false",
            "spark.sql.codegen.wholeStage", "false",
            "spark.sql.codegen.factoryMode", "NO_CODEGEN");

    private static final long SMALL_BYTES = 64L << 20;

    private LocalQueries() {}

    /** Turns compilation back on for large tables; only for a session created with {@link #INTERPRETED}. */
    public static void suit(Dataset<Row> query) throws IOException {
        SparkSession spark = query.sparkSession();
        if (!"NO_CODEGEN".equals(spark.conf().get("spark.sql.codegen.factoryMode", "FALLBACK"))) {
            return;
        }
        long bytes = 0;
        for (String name : query.inputFiles()) {
            Path file = new Path(URI.create(name));
            bytes += file.getFileSystem(spark.sparkContext().hadoopConfiguration())
                    .getFileStatus(file)
                    .getLen();
        }
        if (bytes > SMALL_BYTES) {
            INTERPRETED.keySet().forEach(spark.conf()::unset);
        }
    }
}
