package io.solera.jobs.console;

import io.solera.cluster.OldJava;
import io.solera.problem.Category;
import io.solera.table.TableProblem;
import java.io.FileNotFoundException;
import java.nio.file.NoSuchFileException;
import org.apache.spark.SparkException;

/** What a command's exit code means to a scheduler. */
public final class ExitCode {
    public static final int DONE = 0;
    /** A job, an option or a path that cannot be done: correct it. */
    public static final int WRONG_REQUEST = 2;
    /** Data, models or run folders that are damaged or empty: correct them. */
    static final int WRONG_DATA = 3;
    /** Something broke on the way: run again, with {@code --resume} where there is one. */
    public static final int FAILED = 4;
    /** Another driver uses the run folder, or may: run again later, or with {@code --wait}. */
    static final int LOCKED = 5;
    /** A fault in Solera. */
    static final int FAULT = 70;

    private static final int MAX_MESSAGE_LENGTH = 1200;

    private ExitCode() {}

    public static int of(Throwable problem) {
        return switch (Blame.of(problem).category()) {
            case REQUEST -> WRONG_REQUEST;
            case DATA -> WRONG_DATA;
            case RUN -> FAILED;
            case LOCKED -> LOCKED;
            case FAULT -> FAULT;
        };
    }

    /**
     * One line that says what is wrong: of a fault what to report, else the deepest message that was written for
     * people, or why a task failed.
     */
    public static String message(Throwable problem) {
        Blame blame = Blame.of(problem);
        if (blame.category() == Category.FAULT) {
            return ("This is a fault in Solera: %s. Please report it, with the version (%s), where it came up"
                            + " (%s), the command, and what it prints with JAVA_TOOL_OPTIONS=-Dsolera.trace=true")
                    .formatted(shortened(blame.culprit().toString()), Version.text(), blame.place());
        }
        OldJava old = Blame.oldJava(blame.culprit());
        if (old != null) {
            return "Cannot run: " + old.sentence();
        }
        Throwable shown = TableProblem.of(problem);
        for (Throwable cause = shown; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null
                    && (cause.getClass().getName().startsWith("io.solera.") || isWrapping(shown))) {
                shown = cause;
            }
        }
        if (shown instanceof StackOverflowError) {
            return "Cannot read what was given: it is nested too deeply";
        }
        if (shown instanceof OutOfMemoryError) {
            return "Out of memory: %s (SOLERA_HEAP=4g gives bin/solera more; spark-submit takes --driver-memory)"
                    .formatted(shown.getMessage());
        }
        String message = shown.getMessage();
        if (message == null) {
            return shown.getClass().getSimpleName();
        }
        if ((shown instanceof FileNotFoundException || shown instanceof NoSuchFileException)
                && !message.contains(" ")) {
            return "Cannot find or make %s".formatted(shortened(message));
        }
        return shortened(
                isOurs(shown)
                        ? message.strip()
                        : message.lines()
                                .filter(line -> !line.isBlank())
                                .findFirst()
                                .orElse(""));
    }

    /** A message may quote what was given, of any length: its begin says what is wrong, and its end what to do. */
    public static String shortened(String message) {
        int half = MAX_MESSAGE_LENGTH / 2;
        return message.length() <= MAX_MESSAGE_LENGTH
                ? message
                : message.substring(0, half) + " ... " + message.substring(message.length() - half);
    }

    /** Whether the message says less than that of the cause. */
    private static boolean isWrapping(Throwable problem) {
        return problem instanceof SparkException
                || String.valueOf(problem.getCause()).equals(problem.getMessage());
    }

    /** Whether this program wrote the message, which is one line but for what it quotes. */
    private static boolean isOurs(Throwable problem) {
        StackTraceElement[] trace = problem.getStackTrace();
        return trace.length > 0 && trace[0].getClassName().startsWith("io.solera.");
    }
}
