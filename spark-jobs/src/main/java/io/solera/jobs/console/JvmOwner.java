package io.solera.jobs.console;

/** Whose JVM this program runs in, by what started the thread that asks. */
public enum JvmOwner {
    /** Its own: bin/solera, or the driver of Spark's standalone cluster mode, which is started for one program. */
    SOLERA,
    /** That of spark-submit in client mode, so of a driver on Kubernetes too. */
    SPARK_SUBMIT,
    /** That of YARN's ApplicationMaster in cluster mode, and whatever else of Spark's. */
    SPARK,
    /** That of a notebook, a server or a test. */
    HOST;

    public static JvmOwner ofThisThread() {
        String bottom = StackWalker.getInstance()
                .walk(frames -> frames.reduce((upper, lower) -> lower).orElseThrow())
                .getClassName();
        if (bottom.equals("io.solera.jobs.Solera") || bottom.equals("org.apache.spark.deploy.worker.DriverWrapper")) {
            return SOLERA;
        }
        if (bottom.equals("org.apache.spark.deploy.SparkSubmit")) {
            return SPARK_SUBMIT;
        }
        return bottom.startsWith("org.apache.spark.deploy.") ? SPARK : HOST;
    }
}
