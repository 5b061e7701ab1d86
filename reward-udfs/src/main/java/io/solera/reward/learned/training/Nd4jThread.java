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
 * The one thread of a JVM that computes with ND4J, to train networks; nothing else does. Its workspaces belong to threads, so work from
 * ever new threads would leave memory behind, and with one thread it is known when no native code runs.
 */
public final class Nd4jThread {
    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "solera-nd4j");
        thread.setDaemon(true);
        return thread;
    });

    static {
        // JavaCPP otherwise counts PyTorch's memory against its own limit, and gives up
        System.setProperty("org.bytedeco.javacpp.maxphysicalbytes", "0");
    }

    private static @Nullable Nd4jBuffers buffers;

    private Nd4jThread() {}

    /** The work's result; what the work throws, as it is when it is unchecked. */
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

    /** On this thread, between two steps: frees what the last one left. */
    static void free() {
        if (buffers != null) {
            buffers.free();
        }
    }

    private static void start() {
        if (buffers == null) {
            // JavaCPP takes what it unpacked once as it is
            NativeFolder.require(Path.of(System.getProperty(
                    "org.bytedeco.javacpp.cachedir", System.getProperty("user.home") + "/.javacpp/cache")));
            buffers = Nd4jBuffers.install();
        }
        Nd4j.factory().blas().setMaxThreads(1);
        Nd4j.getEnvironment().setMaxThreads(1);
        Nd4j.getEnvironment().setMaxMasterThreads(1);
    }
}
