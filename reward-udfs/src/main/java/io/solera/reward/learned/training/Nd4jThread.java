package io.solera.reward.learned.training;

import io.solera.text.NativeFolder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The only thread of a JVM that computes with ND4J, to train networks. ND4J's workspaces belong to threads, so work on
 * ever new threads would leak memory; and with one thread it is known when no native code is running.
 */
public final class Nd4jThread {
    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "solera-nd4j");
        thread.setDaemon(true);
        return thread;
    });

    static {
        // otherwise JavaCPP counts PyTorch's memory against its own limit, and fails
        System.setProperty("org.bytedeco.javacpp.maxphysicalbytes", "0");
    }

    private static @Nullable Nd4jBuffers buffers;

    private Nd4jThread() {}

    /** The work's result; unchecked exceptions of the work are thrown unchanged. */
    public static <T> T compute(Callable<T> work) {
        Future<T> future = THREAD.submit(() -> {
            start();
            try {
                return work.call();
            } finally {
                free();
            }
        });
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(false);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot train: interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("Cannot compute with ND4J: %s".formatted(e.getCause()), e);
        }
    }

    /** The part of ND4J that computes, once it is loaded and has added two numbers. */
    public static String backend() {
        return compute(() -> {
            double sum = Nd4j.createFromArray(1f, 2f).sumNumber().doubleValue();
            if (sum != 3) {
                throw new IllegalStateException("Cannot compute with ND4J: 1 + 2 is %s".formatted(sum));
            }
            return Nd4j.getBackend().getClass().getSimpleName();
        });
    }

    /** On this thread, between two steps: frees the buffers of the last step. */
    static void free() {
        if (buffers != null) {
            buffers.free();
        }
    }

    private static void start() {
        if (buffers == null) {
            // JavaCPP reuses unpacked files without checking them
            NativeFolder.require(Path.of(System.getProperty(
                    "org.bytedeco.javacpp.cachedir", System.getProperty("user.home") + "/.javacpp/cache")));
            buffers = Nd4jBuffers.install();
        }
        Nd4j.factory().blas().setMaxThreads(1);
        Nd4j.getEnvironment().setMaxThreads(1);
        Nd4j.getEnvironment().setMaxMasterThreads(1);
    }
}
