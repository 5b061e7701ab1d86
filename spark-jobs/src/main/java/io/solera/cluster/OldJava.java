package io.solera.cluster;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An executor whose Java is older than the classes that it is sent; it says so by the versions of class files.
 *
 * @param has the Java that it runs
 * @param needs the oldest that loads the class
 */
public record OldJava(int has, int needs) {
    public static final String WAY_OUT = "set spark.executorEnv.JAVA_HOME to such a Java on every machine";

    private static final Pattern SAID = Pattern.compile("io/solera/\\S+ has been compiled by a more"
            + " recent version of the Java Runtime \\(class file version (\\d+)\\.\\d+\\), this version of the Java"
            + " Runtime only recognizes class file versions up to (\\d+)\\.");
    /** Java 1 has class files of version 45. */
    private static final int BEFORE_JAVA_1 = 44;

    /** Null if the text, such as a message with an executor's stack trace, is of something else. */
    public static @Nullable OldJava find(String text) {
        Matcher matcher = SAID.matcher(text);
        return matcher.find() ? new OldJava(java(matcher.group(2)), java(matcher.group(1))) : null;
    }

    private static int java(String version) {
        return Integer.parseInt(version) - BEFORE_JAVA_1;
    }

    public String words() {
        return "an executor runs Java %d, and Solera needs Java %d or later on the driver and on every executor"
                .formatted(has, needs);
    }

    public String sentence() {
        return "%s (%s)".formatted(words(), WAY_OUT);
    }
}
