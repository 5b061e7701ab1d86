package io.solera.jobs;

import io.solera.jobs.compat.Exits;
import io.solera.jobs.console.ExitCode;
import io.solera.jobs.console.JvmOwner;
import org.apache.spark.SparkUserAppException;

/**
 * How this program ends, depending on whose JVM it runs in. A JVM of its own (bin/solera, or the driver of Spark's
 * standalone cluster mode, which is started for one program) ends with the exit code. Everywhere else the JVM is
 * Spark's or a host's: there success is a return, and failure is the exception that spark-submit and YARN's
 * ApplicationMaster turn into an exit code. The ApplicationMaster takes {@code System.exit}, with 0 too, as a failure,
 * and starts another attempt.
 */
final class Ending {
    private Ending() {}

    /** @param code of {@link ExitCode} */
    static void with(int code) throws SparkUserAppException {
        JvmOwner owner = JvmOwner.ofThisThread();
        if (owner == JvmOwner.SOLERA) {
            System.exit(code);
        }
        if (code != ExitCode.DONE) {
            throw Exits.with(code);
        }
        if (owner == JvmOwner.SPARK_SUBMIT) {
            endAfter(Thread.currentThread());
        }
    }

    /** Ends a JVM that threads of libraries would keep alive once spark-submit has done its own part. */
    private static void endAfter(Thread main) {
        Thread thread = new Thread(
                () -> {
                    try {
                        main.join();
                        System.exit(ExitCode.DONE);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "solera-end");
        thread.setDaemon(true);
        thread.start();
    }
}
