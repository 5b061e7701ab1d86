package io.solera.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** What runs here: Java, natives for which platform, threads. */
final class Versions {
    private static final int OLDEST_JAVA = 17;
    /** The latest that Spark is tested with. */
    private static final int LATEST_JAVA = 21;

    private static final String NATIVES = "native/lib/pytorch.properties";

    private Versions() {}

    static Outcome java(Machine machine) {
        String version = machine.property("java.version");
        int feature =
                Integer.parseInt(machine.property("java.specification.version").replaceFirst("^1\\.", ""));
        if (feature < OLDEST_JAVA || feature > LATEST_JAVA) {
            return Outcome.warning(
                    "%s (%s)".formatted(version, machine.property("java.home")),
                    "Spark is tested with Java %d to %d: set JAVA_HOME to one".formatted(OLDEST_JAVA, LATEST_JAVA));
        }
        return Outcome.ok(version);
    }

    static Outcome platform(Machine machine) throws IOException {
        return platform(machine, built());
    }

    /** @param built the platform of the natives that are on the class path; empty: none are */
    static Outcome platform(Machine machine, String built) {
        String here = machine.platform();
        if (machine.variable("PYTORCH_LIBRARY_PATH") != null) {
            return Outcome.ok(here + ", with PyTorch from PYTORCH_LIBRARY_PATH");
        }
        if (built.equals(here)) {
            return Outcome.ok(here);
        }
        return Outcome.failed(
                built.isEmpty()
                        ? "the class path has no native libraries of PyTorch, and this machine is %s".formatted(here)
                        : "this machine is %s, and the jar has native libraries for %s".formatted(here, built),
                "use a jar that was built on a machine of this kind (./mvnw -DskipTests package on linux-x86_64,"
                        + " linux-aarch64 or osx-aarch64), or machines of the jar's kind");
    }

    private static String built() throws IOException {
        try (InputStream in = Versions.class.getClassLoader().getResourceAsStream(NATIVES)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("classifier", "");
        }
    }

    static Outcome threads(Machine machine) {
        String value = machine.variable("OMP_NUM_THREADS");
        if ("1".equals(value)) {
            return Outcome.ok("OMP_NUM_THREADS=1");
        }
        return Outcome.warning(
                value == null
                        ? "OMP_NUM_THREADS is not set: libraries may start a thread per core in every task"
                        : "OMP_NUM_THREADS is %s: a task computes on one thread".formatted(shown(value)),
                "set it to 1 in the environment of the driver, and in spark.executorEnv.OMP_NUM_THREADS");
    }

    /** A number; of anything else that somebody put there nothing is printed. */
    private static String shown(String value) {
        return value.matches("[0-9,]{1,20}") ? value : "not a number";
    }
}
