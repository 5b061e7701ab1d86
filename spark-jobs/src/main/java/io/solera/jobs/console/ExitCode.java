package io.solera.jobs.console;

import io.solera.checkpoint.file.MalformedModelException;
import io.solera.model.DivergedPolicyException;
import io.solera.reward.sql.compat.RefusedQueryException;
import io.solera.store.DamagedRunException;
import io.solera.store.LockedRunException;
import io.solera.store.RefusedRunException;
import io.solera.table.TableProblem;
import io.solera.table.file.EmptyTableException;
import io.solera.table.file.MalformedTableException;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.InvalidPathException;
import org.apache.spark.sql.AnalysisException;
import org.jspecify.annotations.Nullable;

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
        for (Throwable cause = found(TableProblem.of(problem)); cause != null; cause = found(cause.getCause())) {
            if (cause instanceof MalformedModelException
                    || cause instanceof DamagedRunException
                    || cause instanceof DivergedPolicyException
                    || cause instanceof EmptyTableException
                    || cause instanceof MalformedTableException
                    || refusedFile(cause)) {
                return WRONG_DATA;
            }
            if (cause instanceof LockedRunException) {
                return LOCKED;
            }
            if (cause instanceof OutOfMemoryError) {
                return FAILED;
            }
            if (cause instanceof LinkageError || cause instanceof AssertionError) {
                return FAULT;
            }
            if (cause instanceof IllegalArgumentException
                    || cause instanceof RefusedRunException
                    || cause instanceof FileNotFoundException
                    || cause instanceof InvalidPathException
                    || cause instanceof StackOverflowError
                    || cause instanceof AnalysisException) {
                return WRONG_REQUEST;
            }
        }
        return FAILED;
    }

    /** What a query was refused for. */
    private static @Nullable Throwable found(@Nullable Throwable problem) {
        return problem instanceof RefusedQueryException refused ? refused.problem() : problem;
    }

    /** A file that a reward reads, which is not what it must be. */
    private static boolean refusedFile(Throwable cause) {
        return cause.getClass().equals(IOException.class)
                && String.valueOf(cause.getMessage()).startsWith("Cannot read ");
    }

    /** One line that says what is wrong: the deepest message that was written for people. */
    public static String message(Throwable problem) {
        Throwable told = TableProblem.of(problem);
        for (Throwable cause = told; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && cause.getClass().getName().startsWith("io.solera.")) {
                told = cause;
            }
        }
        if (told instanceof Error error) {
            return message(error);
        }
        String message = told.getMessage();
        if (message == null) {
            return told.getClass().getSimpleName();
        }
        return shortened(
                isOurs(told)
                        ? message.strip()
                        : message.lines()
                                .filter(line -> !line.isBlank())
                                .findFirst()
                                .orElse(""));
    }

    private static String message(Error problem) {
        if (problem instanceof StackOverflowError) {
            return "Cannot read what was given: it is nested too deeply";
        }
        if (problem instanceof OutOfMemoryError) {
            return "Out of memory: %s (SOLERA_HEAP=4g gives bin/solera more; spark-submit takes --driver-memory)"
                    .formatted(problem.getMessage());
        }
        return "This is a fault in Solera: %s. Please report it, with what JAVA_TOOL_OPTIONS=-Dsolera.trace=true prints"
                .formatted(shortened(problem.toString()));
    }

    /** A message may quote what was given, of any length: its begin says what is wrong, and its end what to do. */
    public static String shortened(String message) {
        int half = MAX_MESSAGE_LENGTH / 2;
        return message.length() <= MAX_MESSAGE_LENGTH
                ? message
                : message.substring(0, half) + " ... " + message.substring(message.length() - half);
    }

    /** Whether this program wrote the message, which is one line but for what it quotes. */
    private static boolean isOurs(Throwable problem) {
        StackTraceElement[] trace = problem.getStackTrace();
        return trace.length > 0 && trace[0].getClassName().startsWith("io.solera.");
    }
}
