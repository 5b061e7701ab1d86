package io.solera.jobs.compat;

import org.apache.spark.SparkUserAppException;

/** The exception by which Spark 3 gives an exit code on. */
public final class Exits {
    private Exits() {}

    public static SparkUserAppException with(int code) {
        return new SparkUserAppException(code);
    }
}
