package io.solera.jobs.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

class TestRunningTasks {
    private static final RunningTasks TASKS = new RunningTasks("task of this test");
    private static final Duration LONG = Duration.ofMinutes(5);

    private static Thread task(Runnable work) {
        Thread thread = new Thread(work, TASKS.names() + " 1.0");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Test
    void waitsForATaskToEnd() {
        Thread caller = Thread.currentThread();
        AtomicBoolean ended = new AtomicBoolean();
        task(() -> {
            while (caller.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            ended.set(true);
        });
        assertThat(TASKS.await(LONG)).isTrue();
        assertThat(ended).isTrue();
    }

    @Test
    void doesNotWaitForEver() throws InterruptedException {
        CountDownLatch latch = new CountDownLatch(1);
        Thread task = task(() -> {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(TASKS.await(Duration.ofMillis(10))).isFalse();
        latch.countDown();
        task.join();
        assertThat(TASKS.await(LONG)).isTrue();
    }

    @Test
    void everyCommandWithSparkAwaitsItsTasks() {
        JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(SparkSessions.open("test").sparkContext());
        assertThat(ShutdownHookManager.get().hasShutdownHook(RunningTasks.OF_SPARK))
                .isTrue();
        String thread = spark.parallelize(List.of(1), 1)
                .map(one -> Thread.currentThread().getName())
                .first();
        assertThat(thread).startsWith(RunningTasks.OF_SPARK.names());
    }
}
