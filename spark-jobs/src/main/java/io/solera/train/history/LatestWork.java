package io.solera.train.history;

/**
 * Work in a separate thread that always concerns the newest state: however often it is requested while it runs, it is
 * done once more after that. It takes a share of time: work that took t starts again after {@code pause} t at the
 * earliest.
 */
public final class LatestWork implements AutoCloseable {
    private final Runnable work;
    private final int pause;
    private final Thread thread;
    private boolean requested;
    private boolean closed;

    /** @param work that reports its own failures; what it throws ends the thread */
    public LatestWork(String name, int pause, Runnable work) {
        this.work = work;
        this.pause = pause;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** Asks for the work, and returns at once. */
    public synchronized void request() {
        requested = true;
        if (!closed && thread.getState() == Thread.State.NEW) {
            thread.start();
        }
        notifyAll();
    }

    /** Ends the thread, and waits for what it is doing; what was requested since is not done. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            long earliest = System.nanoTime();
            while (awaited(earliest)) {
                long begun = System.nanoTime();
                work.run();
                long now = System.nanoTime();
                earliest = now + pause * (now - begun);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a request, and for its time; false at the end. */
    private synchronized boolean awaited(long earliest) throws InterruptedException {
        while (!closed) {
            long early = earliest - System.nanoTime();
            if (!requested) {
                wait();
            } else if (early > 0) {
                wait(early / 1_000_000 + 1);
            } else {
                requested = false;
                return true;
            }
        }
        return false;
    }
}
