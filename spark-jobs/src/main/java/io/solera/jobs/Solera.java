package io.solera.jobs;

import java.lang.reflect.InvocationTargetException;

/**
 * The main class. It is compiled for Java 8, so that a Java that is too old for the rest says so in one sentence,
 * instead of a trace about versions of classes; it therefore names the class that it starts, and imports none of ours.
 */
public final class Solera {
    private static final int OLDEST_JAVA = 17;
    private static final int WRONG_REQUEST = 2;
    private static final String COMMAND_LINE = "io.solera.jobs.SoleraCommand";

    private Solera() {}

    /** Runs a command, and ends this JVM with its exit code if the JVM is its own. */
    public static void main(String[] arguments) throws Exception {
        String version = System.getProperty("java.specification.version");
        if (isTooOld(version)) {
            System.err.println("solera: " + refusal(version, System.getProperty("java.home")));
            System.exit(WRONG_REQUEST);
        }
        try {
            Class.forName(COMMAND_LINE).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error) {
                throw (Error) e.getCause();
            }
            throw e.getCause() instanceof Exception ? (Exception) e.getCause() : e;
        }
    }

    /** @param version as in {@code 1.8} or {@code 17} */
    static boolean isTooOld(String version) {
        String number = version.startsWith("1.") ? version.substring(2) : version;
        return Integer.parseInt(number) < OLDEST_JAVA;
    }

    static String refusal(String version, String home) {
        return "Cannot start: this is Java " + version + " (" + home + "), and Solera needs Java " + OLDEST_JAVA
                + " or later on the driver and on every executor (set JAVA_HOME to one before spark-submit, and"
                + " spark.executorEnv.JAVA_HOME; on YARN in cluster mode also spark.yarn.appMasterEnv.JAVA_HOME)";
    }
}
