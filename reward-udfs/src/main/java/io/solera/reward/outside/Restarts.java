package io.solera.reward.outside;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Decides when a failed program may be restarted. After the n-th failure in a row there is a pause of 0.1 s x 2^(n-1),
 * at most a minute. Requests wait for the first {@value #WAITED_FOR} pauses; from then on requests during a pause fail
 * at once, and the first one after it tries again.
 */
final class Restarts {
    static final int WAITED_FOR = 4;
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration MAX_PAUSE = Duration.ofMinutes(1);

    private int failures;
    private long until;
    private String reason = "";

    synchronized void failed(String why) {
        failures++;
        reason = why;
        until = System.nanoTime() + pause().toNanos();
    }

    synchronized void worked() {
        failures = 0;
    }

    /** Waits, or refuses. */
    void await() throws LostAnswerException, InterruptedException {
        long left = left();
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }

    private synchronized long left() throws LostAnswerException {
        long left = failures == 0 ? 0 : until - System.nanoTime();
        if (left > 0 && failures > WAITED_FOR) {
            throw LostAnswerException.failed(
                    "not called after %d failures in a row, the next attempt is in %d ms; last: %s"
                            .formatted(failures, TimeUnit.NANOSECONDS.toMillis(left), reason));
        }
        return left;
    }

    private Duration pause() {
        Duration pause = FIRST.multipliedBy(1L << Math.min(failures - 1, 20));
        return pause.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : pause;
    }
}
