package io.solera.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Work on the driver that waits for Spark most of the time, so each piece has a thread of its own. */
final class Together {
    private static final long LOOK_MILLIS = 500;

    private Together() {}

    /** Looked at from time to time while work goes on. */
    interface Look {
        void look() throws Exception;
    }

    /** The results, in the order of the work, when all of it has ended; else what the first that failed has thrown. */
    static <T> List<T> all(List<Callable<T>> work) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, work.size()));
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> done : threads.invokeAll(work)) {
                results.add(done.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw asItIs(Objects.requireNonNull(e.getCause()));
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            threads.shutdownNow();
        }
    }

    /**
     * The result of some work; this thread looks twice a second how it goes. Where looking fails, the work ends first,
     * so that no task of it writes later on.
     */
    static <T> T watched(Callable<T> work, Look watch) {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<T> running = thread.submit(work);
        try {
            while (true) {
                try {
                    return running.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException stillRuns) {
                    watch.look();
                }
            }
        } catch (ExecutionException e) {
            throw asItIs(Objects.requireNonNull(e.getCause()));
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (Exception e) {
            finish(running, e);
            throw asItIs(e);
        } finally {
            thread.shutdownNow();
        }
    }

    private static void finish(Future<?> running, Exception why) {
        try {
            running.get();
        } catch (ExecutionException | InterruptedException e) {
            why.addSuppressed(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("Cannot end the steps of a round: the driver's thread was interrupted", e);
    }

    /** Spark throws checked exceptions that its methods do not declare; who explains them needs them as they are. */
    static RuntimeException asItIs(Throwable thrown) {
        Together.<RuntimeException>rethrow(thrown);
        return new IllegalStateException(thrown);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void rethrow(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
