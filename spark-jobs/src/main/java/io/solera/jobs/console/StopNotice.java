package io.solera.jobs.console;

import io.solera.problem.StopRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.hadoop.util.ShutdownHookManager;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What signals do to a command in the middle of its work. SIGTERM is a request: the unit of work that is in progress is
 * finished and kept, and the command ends with exit code 4; it also does where that takes longer than it may. A second
 * SIGTERM, and Ctrl-C, end it at once, with the signal's exit code: 143 and 130. In each case one line on the error
 * stream says where it stopped, and the command that resumes it.
 */
public final class StopNotice implements AutoCloseable {
    /** Before Spark is stopped (40), whose end brings errors of its own. */
    private static final int PRIORITY = 60;

    private final StopRequest request;
    private final String unit;
    private final Duration longest;
    private final JvmOwner owner = JvmOwner.ofThisThread();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Runnable hook = this::print;
    private final @Nullable TermSignal signal;
    private volatile Supplier<String> where;

    private StopNotice(StopRequest request, String where, String unit, Duration longest) {
        this.request = request;
        this.where = () -> where;
        this.unit = unit;
        this.longest = longest;
        ShutdownHookManager.get().addShutdownHook(hook, PRIORITY);
        signal = signal();
    }

    /**
     * @param where it is until {@link #place} says more
     * @param unit of work that is finished first, such as {@code its round}
     * @param longest that this may take
     */
    public static StopNotice of(StopRequest request, String where, String unit, Duration longest) {
        return new StopNotice(request, where, unit, longest);
    }

    /** The same for work whose units are so small that none is finished first. */
    public static StopNotice atOnce(StopRequest request, String where) {
        return new StopNotice(request, where, "", Duration.ZERO);
    }

    /**
     * A request that says how to resume a command.
     *
     * @param command that is running, which picocli has filled in
     * @param more what its arguments need besides to resume, {@code --resume} alone or an option and its value
     */
    public static StopRequest request(@Nullable CommandSpec command, List<List<String>> more) {
        List<String> arguments =
                Objects.requireNonNull(command).commandLine().getParseResult().originalArgs();
        return new StopRequest("solera " + command(arguments, more));
    }

    /** @param where the work is, such as {@code in round 3 of 10} */
    public void place(Supplier<String> where) {
        this.where = where;
    }

    /** Whether a signal, or what else ends a JVM, is ending this one: what fails now fails of that. */
    public static boolean isStopping() {
        return ShutdownHookManager.get().isShutdownInProgress();
    }

    /**
     * The command that resumes what other arguments began.
     *
     * @param more what they need besides, {@code --resume} alone or an option and its value
     */
    public static String command(List<String> arguments, List<List<String>> more) {
        List<String> words = new ArrayList<>(arguments);
        for (List<String> option : more) {
            String name = option.get(0);
            if (words.stream().noneMatch(word -> word.equals(name) || word.startsWith(name + "="))) {
                words.addAll(option);
            }
        }
        return String.join(" ", words.stream().map(StopNotice::quoted).toList());
    }

    private static String quoted(String word) {
        return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private @Nullable TermSignal signal() {
        try {
            return new TermSignal(this::terminated);
        } catch (ReflectiveOperationException e) {
            System.err.printf("solera: SIGTERM will end this command at once: %s%n", e.getMessage());
            return null;
        }
    }

    private void terminated() {
        TermSignal received = Objects.requireNonNull(signal);
        if (request.isAsked()) {
            received.pass();
            return;
        }
        request.ask();
        Thread thread = new Thread(() -> endLater(received), "solera-stop");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends the process if the work has not ended in time. */
    private void endLater(TermSignal received) {
        if (!longest.isZero()) {
            System.err.printf(
                    "solera: SIGTERM %s: %s is finished first, for at most %d s (a second SIGTERM ends it at once)%n",
                    where.get(), unit, longest.toSeconds());
        }
        try {
            if (closed.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (owner == JvmOwner.HOST) {
            received.pass();
        } else {
            System.exit(ExitCode.FAILED);
        }
    }

    private void print() {
        Console.end("solera: stopped %s; resume with: %s".formatted(where.get(), request.resume()));
    }

    /** The work is done, has stopped as requested, or has failed itself. A host then ends with the signal as usual. */
    @Override
    public void close() {
        closed.countDown();
        if (!isStopping()) {
            ShutdownHookManager.get().removeShutdownHook(hook);
        }
        if (signal != null) {
            signal.close();
            if (request.isAsked() && owner == JvmOwner.HOST) {
                signal.pass();
            }
        }
    }
}
