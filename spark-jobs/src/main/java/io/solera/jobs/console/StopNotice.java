package io.solera.jobs.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.hadoop.util.ShutdownHookManager;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What is said when a signal ends the program in the middle of its work: where it stopped, and the command that resumes
 * it, in one line on the error stream. The exit code is then the signal's, 130 after Ctrl-C and 143 after SIGTERM.
 */
public final class StopNotice implements AutoCloseable {
    /** Before Spark is stopped (40), whose end brings errors of its own. */
    private static final int PRIORITY = 60;

    private final Supplier<String> notice;
    private final Runnable hook = this::print;

    private StopNotice(Supplier<String> notice) {
        this.notice = notice;
    }

    /**
     * @param where such as {@code in round 3 of 10}
     * @param command that is running, which picocli has filled in
     * @param more what its arguments need besides to resume, {@code --resume} alone or an option and its value
     */
    public static StopNotice of(Supplier<String> where, @Nullable CommandSpec command, List<List<String>> more) {
        List<String> arguments =
                Objects.requireNonNull(command).commandLine().getParseResult().originalArgs();
        return of(where, command(arguments, more));
    }

    private static StopNotice of(Supplier<String> where, String command) {
        StopNotice made =
                new StopNotice(() -> "solera: stopped %s; resume with: solera %s".formatted(where.get(), command));
        ShutdownHookManager.get().addShutdownHook(made.hook, PRIORITY);
        return made;
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

    private void print() {
        Console.end(notice.get());
    }

    /** The work is done, or has failed of its own. */
    @Override
    public void close() {
        if (!isStopping()) {
            ShutdownHookManager.get().removeShutdownHook(hook);
        }
    }
}
