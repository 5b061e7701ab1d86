package io.solera.jobs.compat;

import org.apache.spark.SparkUserAppException;

/** The exception with which Spark 3 passes on an exit code. */
public final class Exits {
    private Exits() {}

    public static SparkUserAppException with(int code) {
        return new SparkUserAppException(code);
    }
}
