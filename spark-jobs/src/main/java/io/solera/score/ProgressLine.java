package io.solera.score;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** How far some work is: one line that is written anew on a terminal, a line every half minute elsewhere. */
public final class ProgressLine implements AutoCloseable {
    private static final int TERMINAL_MILLIS = 500;
    private static final int FILE_MILLIS = 30_000;
    private static final String ANEW = "\r";
    private static final String CLEAR = "\033[K";

    private final PrintStream out;
    private final boolean terminal;
    private final DoubleFunction<String> line;
    private final long begun = System.nanoTime();
    private final Thread thread = new Thread(this::watch, "solera-progress");

    /** @param line by the seconds since now */
    public ProgressLine(PrintStream out, boolean terminal, DoubleFunction<String> line) {
        this.out = out;
        this.terminal = terminal;
        this.line = line;
        thread.setDaemon(true);
        thread.start();
    }

    /** How long it still takes, in a line. */
    public static String left(double seconds) {
        return seconds < 90
                ? String.format(Locale.ROOT, "%.0f s left", seconds)
                : String.format(Locale.ROOT, "%.0f min left", seconds / 60);
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(terminal ? TERMINAL_MILLIS : FILE_MILLIS);
                String text = line.apply((System.nanoTime() - begun) / 1e9);
                out.print(terminal ? ANEW + text + CLEAR : text + "\n");
                out.flush();
            }
        } catch (InterruptedException e) {
            if (terminal) {
                out.print(ANEW + CLEAR);
                out.flush();
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
