package io.solera.jobs.console;

import io.solera.cluster.OldJava;
import io.solera.problem.Category;
import io.solera.problem.Problem;
import io.solera.reward.sql.compat.RefusedQueryException;
import io.solera.table.TableProblem;
import java.io.FileNotFoundException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.apache.hadoop.fs.InvalidPathException;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.SparkException;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.jspecify.annotations.Nullable;

/**
 * Whose problem an exception is, and the exception that says so. Our own know it ({@link Problem}), through whatever
 * Spark wraps around them; of others here is the one list. What is on no list and was thrown by our own code is a fault
 * in Solera.
 */
record Blame(Category category, Throwable culprit) {
    /**
     * Libraries that call storage and the user's query, and whose exceptions are of these unless our code asked for
     * nonsense.
     */
    private static final List<String> OF_THE_PLATFORM = List.of(
            "org.apache.spark.",
            "org.apache.hadoop.",
            "org.apache.parquet.",
            "org.apache.orc.",
            "org.apache.avro.",
            "org.apache.hive.",
            "org.apache.arrow.");
    /** What of Spark only throws where code asks a row or a schema for what it does not have. */
    private static final List<String> OF_OUR_USE = List.of(
            "org.apache.spark.sql.Row.",
            "org.apache.spark.sql.catalyst.expressions.GenericRow",
            "org.apache.spark.sql.types.");

    private static final int DEEPEST = 50;

    static Blame of(Throwable problem) {
        List<Throwable> causes = causes(TableProblem.of(problem));
        for (Throwable cause : causes) {
            Category known = cause instanceof Problem ours ? ours.category() : listed(cause);
            if (known != null) {
                return new Blame(known, cause);
            }
        }
        for (Throwable cause : causes) {
            if (isFault(cause)) {
                return new Blame(Category.FAULT, cause);
            }
        }
        return new Blame(Category.RUN, causes.get(0));
    }

    /** Of exceptions of the JDK, Hadoop and Spark that have a category wherever they come from. */
    private static @Nullable Category listed(Throwable cause) {
        if (cause instanceof FileNotFoundException
                || cause instanceof NoSuchFileException
                || cause instanceof UnsupportedFileSystemException
                || cause instanceof InvalidPathException
                || cause instanceof java.nio.file.InvalidPathException
                || cause instanceof AnalysisException
                || cause instanceof StackOverflowError
                || oldJava(cause) != null
                || isOfQuery(cause)
                || (cause instanceof IllegalArgumentException && isOfPlatform(cause))) {
            return Category.REQUEST;
        }
        if (cause instanceof OutOfMemoryError
                || cause instanceof InterruptedException
                || cause instanceof InterruptedIOException
                || cause instanceof ClosedByInterruptException) {
            return Category.RUN;
        }
        return null;
    }

    /**
     * Whether a query computes what cannot be, such as a division by zero: standard SQL has classes of states for that.
     */
    private static boolean isOfQuery(Throwable cause) {
        String state = cause instanceof SparkThrowable spark ? String.valueOf(spark.getSqlState()) : "";
        return state.startsWith("21") || state.startsWith("22");
    }

    /** Of a task that failed on an executor whose Java cannot load it. */
    static @Nullable OldJava oldJava(Throwable cause) {
        return cause instanceof SparkException ? OldJava.find(String.valueOf(cause.getMessage())) : null;
    }

    /**
     * What the JDK throws for arguments, states, indices, types and nulls that code got wrong, and not for what happens
     * to it.
     */
    private static boolean isFault(Throwable cause) {
        if (cause instanceof LinkageError || cause instanceof AssertionError) {
            return true;
        }
        return cause instanceof RuntimeException
                && cause.getClass() != RuntimeException.class
                && (isOfJdk(cause) || cause instanceof IllegalArgumentException)
                && !(cause instanceof UncheckedIOException
                        || cause instanceof CancellationException
                        || cause instanceof CompletionException
                        || cause instanceof RejectedExecutionException)
                && !isOfPlatform(cause);
    }

    private static boolean isOfJdk(Throwable cause) {
        return cause.getClass().getName().startsWith("java.");
    }

    /** Whether the platform threw it, or a library on the platform's behalf, and not code that Solera called itself. */
    private static boolean isOfPlatform(Throwable cause) {
        return Arrays.stream(cause.getStackTrace())
                .map(StackTraceElement::getClassName)
                .filter(name -> name.startsWith("io.solera.")
                        || OF_THE_PLATFORM.stream().anyMatch(name::startsWith))
                .findFirst()
                .filter(name ->
                        !name.startsWith("io.solera.") && OF_OUR_USE.stream().noneMatch((name + ".")::startsWith))
                .isPresent();
    }

    private static List<Throwable> causes(Throwable problem) {
        List<Throwable> causes = new ArrayList<>();
        for (@Nullable Throwable cause = problem; cause != null && causes.size() < DEEPEST; cause = cause.getCause()) {
            causes.add(cause instanceof RefusedQueryException refused ? refused.problem() : cause);
        }
        return causes;
    }

    /**
     * Where in our own code it came up, such as {@code Ragged.java:59}; where our code is not in the stack, its first
     * frame.
     */
    String place() {
        StackTraceElement[] frames = culprit.getStackTrace();
        return Arrays.stream(frames)
                .filter(frame -> frame.getClassName().startsWith("io.solera."))
                .findFirst()
                .or(() -> Arrays.stream(frames).findFirst())
                .map(frame -> "%s:%d".formatted(frame.getFileName(), frame.getLineNumber()))
                .orElse("unknown");
    }
}
