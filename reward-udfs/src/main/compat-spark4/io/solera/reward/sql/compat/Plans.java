package io.solera.reward.sql.compat;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset$;

/** Access to the internals of a session and its tables in Spark 4. */
public final class Plans {
    private Plans() {}

    public static Dataset<Row> table(SparkSession session, LogicalPlan plan) {
        return Dataset$.MODULE$.ofRows((org.apache.spark.sql.classic.SparkSession) session, plan);
    }

    public static LogicalPlan plan(Dataset<Row> table) {
        return ((org.apache.spark.sql.classic.Dataset<Row>) table)
                .queryExecution()
                .analyzed();
    }

    /** The settings of file systems, including those {@code SET} in the session. */
    public static Configuration hadoopConfiguration(SparkSession session) {
        return ((org.apache.spark.sql.classic.SparkSession) session).sessionState().newHadoopConf();
    }

    /** The plan of a table after Spark's optimiser, before it chooses how to compute it. */
    public static LogicalPlan optimized(Dataset<Row> table) {
        return ((org.apache.spark.sql.classic.Dataset<Row>) table)
                .queryExecution()
                .optimizedPlan();
    }

    /** A session with the same functions and views, whose settings can be changed and leave this one's alone. */
    public static SparkSession copy(SparkSession session) {
        return ((org.apache.spark.sql.classic.SparkSession) session).cloneSession();
    }

    /** An expression as it is written, with no name resolved. */
    public static Expression parsed(SparkSession session, String sql) throws ParseException {
        return ((org.apache.spark.sql.classic.SparkSession) session)
                .sessionState()
                .sqlParser()
                .parseExpression(sql);
    }
}
