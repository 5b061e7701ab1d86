package io.solera.train.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TestLatestWork {
    private static final String NAME = "test-latest-work";

    @Test
    void whatIsRequestedDuringTheWorkIsDoneOnceAfterIt() throws InterruptedException {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch requested = new CountDownLatch(1);
        CountDownLatch again = new CountDownLatch(2);
        AtomicInteger times = new AtomicInteger();
        try (LatestWork work = new LatestWork(NAME, 0, () -> {
            times.incrementAndGet();
            working.countDown();
            await(requested);
            again.countDown();
        })) {
            work.request();
            working.await();
            for (int i = 0; i < 100; i++) {
                work.request();
            }
            requested.countDown();
            again.await();
        }
        assertThat(times).hasValue(2);
    }

    @Test
    void pausesForAMultipleOfWhatTheWorkTook() throws InterruptedException {
        List<Long> begun = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch twice = new CountDownLatch(2);
        try (LatestWork work = new LatestWork(NAME, 9, () -> {
            begun.add(System.nanoTime());
            pause(30);
            twice.countDown();
        })) {
            work.request();
            pause(10);
            work.request();
            twice.await();
        }
        assertThat((begun.get(1) - begun.get(0)) / 1_000_000).isGreaterThanOrEqualTo(300);
    }

    @Test
    void theEndWaitsForTheWorkAndLeavesNoThread() {
        CountDownLatch working = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        LatestWork work = new LatestWork(NAME, 1_000_000, () -> {
            working.countDown();
            pause(50);
            done.incrementAndGet();
        });
        work.request();
        await(working);
        work.request();
        work.close();
        assertThat(done)
                .as("what was requested last waits for its time, and is not done")
                .hasValue(1);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals(NAME));
        work.request();
        work.close();
        assertThat(done).hasValue(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
