package io.solera.reward.outside;

import io.solera.problem.RequestException;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * A program that answers requests: a line of JSON on standard input, a line of JSON on standard output.
 *
 * @param name in messages
 * @param words the command line, program first
 * @param opening a line sent before the requests, empty for none
 * @param start time limit until it is ready and has answered a first request without texts
 * @param deadline of a request
 * @param processes maximum processes in a JVM; 0: as many as it has processors
 */
record Program(String name, List<String> words, String opening, Duration start, Duration deadline, int processes)
        implements Serializable {
    /** More than the processors of any executor. */
    static final int MAX_PROCESSES = 1024;

    Program {
        words = List.copyOf(words);
        if (deadline.isZero() || deadline.isNegative()) {
            throw new RequestException("Invalid deadline: %s (must be above 0)".formatted(deadline));
        }
        requireProcesses(processes);
    }

    static void requireProcesses(int processes) {
        if (processes < 0 || processes > MAX_PROCESSES) {
            throw new RequestException("Invalid processes: %d (must be 1 to %d)".formatted(processes, MAX_PROCESSES));
        }
    }

    int slots() {
        return processes == 0 ? Runtime.getRuntime().availableProcessors() : processes;
    }
}
