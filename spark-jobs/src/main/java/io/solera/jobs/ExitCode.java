package io.solera.jobs;

import io.solera.checkpoint.MalformedModelException;
import io.solera.model.DivergedPolicyException;
import io.solera.reward.sql.compat.RefusedQueryException;
import io.solera.store.DamagedRunException;
import io.solera.store.LockedRunException;
import io.solera.store.RefusedRunException;
import io.solera.table.EmptyTableException;
import io.solera.table.MalformedTableException;
import io.solera.table.TableProblem;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.InvalidPathException;
import org.apache.spark.sql.AnalysisException;
import org.jspecify.annotations.Nullable;

/** What a command's end means to a scheduler. */
final class ExitCode {
    static final int DONE = 0;
    /** A job, an option or a path that cannot be done: correct it. */
    static final int WRONG_REQUEST = 2;
    /** Data, models or run folders that are damaged or empty: correct them. */
    static final int WRONG_DATA = 3;
    /** Something broke on the way: run again, with {@code --resume} where there is one. */
    static final int FAILED = 4;
    /** Another driver uses the run folder, or may: run again later, or with {@code --wait}. */
    static final int LOCKED = 5;

    private ExitCode() {}

    static int of(Throwable problem) {
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
            if (cause instanceof IllegalArgumentException
                    || cause instanceof RefusedRunException
                    || cause instanceof FileNotFoundException
                    || cause instanceof InvalidPathException
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
    static String message(Throwable problem) {
        Throwable told = TableProblem.of(problem);
        for (Throwable cause = told; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && cause.getClass().getName().startsWith("io.solera.")) {
                told = cause;
            }
        }
        String message = told.getMessage();
        if (message == null) {
            return told.getClass().getSimpleName();
        }
        return isOurs(told)
                ? message.strip()
                : message.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    }

    /** Whether this program wrote the message, which is one line but for what it quotes. */
    private static boolean isOurs(Throwable problem) {
        StackTraceElement[] trace = problem.getStackTrace();
        return trace.length > 0 && trace[0].getClassName().startsWith("io.solera.");
    }
}
