package io.solera.reward;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Calls on separate threads with a deadline. A call that misses it is interrupted and abandoned, and counted until it
 * ends.
 */
final class TimedCalls {
    private static final ExecutorService THREADS =
            new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                Thread thread = new Thread(work, "solera-reward");
                thread.setDaemon(true);
                return thread;
            });

    private final int max;
    private final AtomicInteger hanging = new AtomicInteger();

    /** @param max maximum number of hanging calls; beyond it all calls fail */
    TimedCalls(int max) {
        this.max = max;
    }

    <T> T within(Duration time, Callable<T> work) throws TimeoutException, ExecutionException, InterruptedException {
        if (hanging.get() >= max) {
            throw new ExecutionException(new IllegalStateException(
                    "Cannot score: %d threads of this reward already hang (as isolated(reward='...') it can be killed)"
                            .formatted(max)));
        }
        Call<T> call = new Call<>(work);
        FutureTask<T> task = new FutureTask<>(call);
        THREADS.execute(task);
        try {
            T result = task.get(time.toMillis(), TimeUnit.MILLISECONDS);
            WorkTime.add(call.nanos);
            return result;
        } catch (TimeoutException | InterruptedException e) {
            call.leave();
            task.cancel(true);
            throw e;
        }
    }

    private final class Call<T> implements Callable<T> {
        private final Callable<T> work;
        private boolean running;
        private boolean left;
        /** The time it took, once it has returned. */
        private volatile long nanos;

        Call(Callable<T> work) {
            this.work = work;
        }

        @Override
        public T call() throws Exception {
            begin();
            long before = WorkTime.nanos();
            try {
                T result = work.call();
                nanos = WorkTime.nanos() - before;
                return result;
            } finally {
                end();
            }
        }

        private synchronized void begin() {
            if (left) {
                throw new CancellationException("nobody is waiting any more");
            }
            running = true;
        }

        private synchronized void end() {
            running = false;
            if (left) {
                hanging.decrementAndGet();
            }
        }

        synchronized void leave() {
            left = true;
            if (running) {
                hanging.incrementAndGet();
            }
        }
    }
}
