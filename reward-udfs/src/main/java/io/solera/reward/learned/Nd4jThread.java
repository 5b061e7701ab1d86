package io.solera.reward.learned;

import io.solera.text.NativeFolder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The one thread of a JVM that computes with ND4J. Its workspaces belong to threads, so work from ever new threads would leave
 * memory behind; and a network is to take one core beside PyTorch, whatever the number of tasks.
 */
final class Nd4jThread {
    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "solera-nd4j");
        thread.setDaemon(true);
        return thread;
    });

    static {
        // JavaCPP otherwise counts PyTorch's memory against its own limit, and gives up
        System.setProperty("org.bytedeco.javacpp.maxphysicalbytes", "0");
    }

    private static boolean checked;

    private Nd4jThread() {}

    /** Before the first native library is loaded: JavaCPP takes what it unpacked once as it is. */
    private static synchronized void checkNatives() {
        if (!checked) {
            String folder = System.getProperty(
                    "org.bytedeco.javacpp.cachedir", System.getProperty("user.home") + "/.javacpp/cache");
            NativeFolder.require(Path.of(folder));
            checked = true;
        }
    }

    /** The work's result; what the work throws, as it is when it is unchecked. */
    static <T> T compute(Callable<T> work) {
        checkNatives();
        Future<T> future = THREAD.submit(() -> {
            bound();
            return work.call();
        });
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(false);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot score: interrupted", e);
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

    private static void bound() {
        Nd4j.factory().blas().setMaxThreads(1);
        Nd4j.getEnvironment().setMaxThreads(1);
        Nd4j.getEnvironment().setMaxMasterThreads(1);
    }
}
