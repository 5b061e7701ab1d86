package io.solera.doctor;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A check of one process.
 *
 * @param same whether its words must be the same everywhere
 */
record Check(String name, boolean same, Work work) {
    /** Looks at the process that it runs in. */
    interface Work {
        Outcome on(Machine machine) throws Exception;
    }

    /** Of what may differ from machine to machine. */
    static Check of(String name, Work work) {
        return new Check(name, false, work);
    }

    /** Of what must be the same everywhere. */
    static Check same(String name, Work work) {
        return new Check(name, true, work);
    }

    /** Native code can hang, which only this check is to wait for. */
    Finding at(String place, Machine machine, Duration longest) {
        FutureTask<Outcome> looking = new FutureTask<>(() -> work.on(machine));
        Thread thread = new Thread(looking, "solera-doctor");
        thread.setDaemon(true);
        thread.start();
        return new Finding(name, place, outcome(looking, longest));
    }

    private static Outcome outcome(FutureTask<Outcome> looking, Duration longest) {
        try {
            return looking.get(Math.max(1, longest.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Outcome.failed(
                    String.format(Locale.ROOT, "no answer in %.1f s", longest.toMillis() / 1000.0),
                    "see what the process waits for");
        } catch (ExecutionException e) {
            return KnownProblem.outcome(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.failed("it was interrupted", "run it again");
        }
    }
}
