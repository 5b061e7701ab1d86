package io.solera.doctor;

import io.solera.reward.Score;
import io.solera.reward.sql.SampleExpression;
import java.io.Serializable;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A reward that is an expression of SQL, which the driver reads and tasks compute. */
record SqlCheck(SampleExpression expression) implements Serializable {
    static final String NAME = "reward: SQL";
    private static final String SQL = "solera_mw(text) - length(text)";
    /** The weight of ethanol less three letters. */
    private static final double VALUE = 46.069 - 3;

    static SqlCheck of(SparkSession spark) {
        return new SqlCheck(SampleExpression.of(spark, SQL, new StructType().add("text", DataTypes.StringType)));
    }

    Check check() {
        return Check.of(NAME, machine -> {
            Double value = expression.of(new Object[] {"CCO"});
            return TriedReward.judged(SQL, VALUE, Score.of(value == null ? Double.NaN : value), "");
        });
    }
}
