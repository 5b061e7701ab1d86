package io.solera.score;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * How queries run inside this process. Spark makes Java code of each and compiles it, and plans it again while it runs: seconds, which a
 * small table never gives back.
 */
public final class LocalQueries {
    /** Settings of a session whose queries are interpreted. */
    public static final Map<String, String> INTERPRETED = Map.of(
            "spark.sql.adaptive.enabled", "false",
            "spark.sql.codegen.wholeStage", "false",
            "spark.sql.codegen.factoryMode", "NO_CODEGEN");

    private static final long SMALL_BYTES = 64L << 20;

    private LocalQueries() {}

    /** Has large tables compiled again; only asked in a session that was begun with {@link #INTERPRETED}. */
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
