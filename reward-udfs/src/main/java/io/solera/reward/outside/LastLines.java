package io.solera.reward.outside;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The last lines that a program wrote to its standard error, each truncated to {@value #WIDTH} bytes; the rest is
 * discarded.
 */
final class LastLines {
    private static final int LINES = 3;
    private static final int WIDTH = 200;

    private final Deque<String> lines = new ArrayDeque<>();
    private final Thread thread;

    LastLines(InputStream in) {
        thread = new Thread(() -> read(in), "solera-program-errors");
        thread.setDaemon(true);
        thread.start();
    }

    /** The lines so far of a program that has just ended; waits a moment for output still in the pipe. */
    String text() throws InterruptedException {
        thread.join(200);
        synchronized (lines) {
            return String.join(" | ", lines);
        }
    }

    private void read(InputStream in) {
        byte[] chunk = new byte[4096];
        byte[] line = new byte[WIDTH];
        int length = 0;
        try {
            for (int size; (size = in.read(chunk)) > 0; ) {
                for (int k = 0; k < size; k++) {
                    if (chunk[k] == '\n') {
                        keep(line, length);
                        length = 0;
                    } else if (length < WIDTH) {
                        line[length++] = chunk[k];
                    }
                }
            }
        } catch (IOException e) {
            // The program was killed during the read.
        }
        keep(line, length);
    }

    private void keep(byte[] line, int length) {
        String text = new String(line, 0, length, StandardCharsets.UTF_8).strip();
        if (text.isEmpty()) {
            return;
        }
        synchronized (lines) {
            lines.addLast(text);
            if (lines.size() > LINES) {
                lines.removeFirst();
            }
        }
    }
}
