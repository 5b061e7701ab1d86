package io.solera.reward;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Processor time of a thread's work, including work that other threads did for it while it waited. */
public final class WorkTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final boolean KNOWN = THREADS.isCurrentThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled();
    private static final ThreadLocal<long[]> ELSEWHERE = ThreadLocal.withInitial(() -> new long[1]);

    private WorkTime() {}

    /** Nanoseconds of this thread since an arbitrary origin; wall-clock time on platforms without thread CPU time. */
    public static long nanos() {
        return KNOWN ? THREADS.getCurrentThreadCpuTime() + ELSEWHERE.get()[0] : System.nanoTime();
    }

    /** Adds time that another thread spent for this one. */
    static void add(long nanos) {
        ELSEWHERE.get()[0] += nanos;
    }
}
