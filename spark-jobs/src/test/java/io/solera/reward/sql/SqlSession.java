package io.solera.reward.sql;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A session as a user has it who puts the jar on the class path and names the function catalogue. */
final class SqlSession {
    private SqlSession() {}

    static SparkSession open() {
        SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .appName("test")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "2")
                .getOrCreate()
                .newSession();
        SparkSession.setActiveSession(spark);
        spark.conf().set("spark.sql.catalog.rewards", RewardFunctionCatalog.class.getName());
        return spark;
    }

    /** The cells of the only row. */
    static Row row(SparkSession spark, String query) {
        List<Row> rows = spark.sql(query).collectAsList();
        if (rows.size() != 1) {
            throw new IllegalStateException("Cannot take the row of %s: there are %d".formatted(query, rows.size()));
        }
        return rows.get(0);
    }
}
