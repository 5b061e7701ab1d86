package io.solera.reward;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Processor time of a thread's work, calls that other threads did for it while it waited included. */
public final class WorkTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final boolean KNOWN = THREADS.isCurrentThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled();
    private static final ThreadLocal<long[]> ELSEWHERE = ThreadLocal.withInitial(() -> new long[1]);

    private WorkTime() {}

    /** Nanoseconds since some moment, of this thread; time of the clock where a platform counts no processor time. */
    public static long nanos() {
        return KNOWN ? THREADS.getCurrentThreadCpuTime() + ELSEWHERE.get()[0] : System.nanoTime();
    }

    /** Counts what another thread spent for this one. */
    static void add(long nanos) {
        ELSEWHERE.get()[0] += nanos;
    }
}
