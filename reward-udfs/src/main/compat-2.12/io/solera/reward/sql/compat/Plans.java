package io.solera.reward.sql.compat;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Dataset$;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Access to the internals of a session and its tables in Spark 3.5. */
public final class Plans {
    private Plans() {}

    public static Dataset<Row> table(SparkSession session, LogicalPlan plan) {
        return Dataset$.MODULE$.ofRows(session, plan);
    }

    public static LogicalPlan plan(Dataset<Row> table) {
        return table.queryExecution().analyzed();
    }

    /** The settings of file systems, including those {@code SET} in the session. */
    public static Configuration hadoopConfiguration(SparkSession session) {
        return session.sessionState().newHadoopConf();
    }
}
