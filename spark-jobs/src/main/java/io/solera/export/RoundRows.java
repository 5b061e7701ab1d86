package io.solera.export;

import io.solera.store.CommittedRound;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** What rounds add to a table. */
interface RoundRows {
    /** In words, for messages. */
    String what();

    /** The columns of a table that is made. */
    StructType schema();

    /** Whether a round adds rows. */
    boolean has(CommittedRound round) throws IOException;

    /** The rows of such rounds, without those columns that say which run they are of. */
    Dataset<Row> of(SparkSession spark, List<CommittedRound> rounds) throws IOException;
}
