package io.solera.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class TestGuarded {
    private static final Duration SHORT = Duration.ofMillis(100);

    /** The length of a text, unless the text asks for trouble. */
    private static List<Score> lengths(List<String> texts) {
        List<Score> scores = new ArrayList<>();
        for (String text : texts) {
            switch (text) {
                case "throw" -> throw new IllegalStateException("no " + text);
                case "error" -> throw new StackOverflowError();
                case "hang" -> sleep(100_000);
                case "nan" -> scores.add(Score.of(Double.NaN));
                case "lose" -> {}
                default -> scores.add(Score.of(text.length()));
            }
        }
        return scores;
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void troubleCostsItsSampleAlone() {
        Guarded guarded = new Guarded(TestGuarded::lengths, SHORT);
        assertThat(guarded.score(List.of("a", "throw", "bb", "hang", "nan", "error", "lose")))
                .containsExactly(
                        Score.of(1),
                        Score.missing(Status.FAILED),
                        Score.of(2),
                        Score.missing(Status.TIMED_OUT),
                        Score.missing(Status.FAILED),
                        Score.missing(Status.FAILED),
                        Score.missing(Status.FAILED));
        assertThat(guarded.problems())
                .containsExactly(
                        "throw: java.lang.IllegalStateException: no throw",
                        "hang: no answer within 1000 ms",
                        "error: java.lang.StackOverflowError");
    }

    @Test
    void slowSampleGetsTenTimesTheTime() {
        AtomicInteger calls = new AtomicInteger();
        Guarded guarded = new Guarded(
                texts -> {
                    if (calls.incrementAndGet() == 1) {
                        sleep(100_000);
                    }
                    return List.of(Score.of(7));
                },
                SHORT);
        assertThat(guarded.score(List.of("slow"))).containsExactly(Score.of(7));
        assertThat(calls).hasValue(2);
        assertThat(guarded.problems()).isEmpty();
    }

    @Test
    void passesNullOnAndKeepsAnEmptyBatchEmpty() {
        Guarded guarded = new Guarded(
                texts -> texts.stream()
                        .map(text -> text == null ? Score.missing(Status.INVALID_INPUT) : Score.of(1))
                        .toList(),
                SHORT);
        assertThat(guarded.score(Arrays.asList("a", null)))
                .containsExactly(Score.of(1), Score.missing(Status.INVALID_INPUT));
        assertThat(guarded.score(List.of())).isEmpty();
    }

    @Test
    void threadsThatHangAreBoundedUntilTheyEnd() throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger running = new AtomicInteger();
        Guarded guarded = new Guarded(
                texts -> {
                    running.incrementAndGet();
                    while (!over.get()) {
                        Thread.interrupted();
                        LockSupport.parkNanos(1_000_000);
                    }
                    running.decrementAndGet();
                    return List.of(Score.of(1));
                },
                Duration.ofMillis(20));
        Set<Status> seen = EnumSet.noneOf(Status.class);
        for (int i = 0; i < 2 * Guarded.MAX_HANGING; i++) {
            seen.add(guarded.score(List.of("hang")).get(0).status());
        }
        assertThat(seen).containsExactlyInAnyOrder(Status.TIMED_OUT, Status.FAILED);
        assertThat(running).hasValueLessThanOrEqualTo(Guarded.MAX_HANGING);
        assertThat(new Guarded(TestGuarded::lengths).score(List.of("other"))).containsExactly(Score.of(5));
        over.set(true);
        for (int tried = 0; tried < 500 && running.get() > 0; tried++) {
            Thread.sleep(20);
        }
        assertThat(running).hasValue(0);
        assertThat(guarded.score(List.of("hang"))).as("once they have ended").containsExactly(Score.of(1));
    }

    @Test
    void rewardThatGuardsItselfIsNotCutShort() {
        Guarded guarded = new Guarded(
                new Reward() {
                    @Override
                    public List<Score> score(List<String> texts) {
                        sleep(300);
                        return texts.stream()
                                .map(text -> Score.of(texts.size()))
                                .toList();
                    }

                    @Override
                    public boolean guardsItself() {
                        return true;
                    }

                    @Override
                    public List<String> problems() {
                        return List.of("x: of its own");
                    }
                },
                Duration.ofMillis(1));
        assertThat(guarded.score(List.of("a", "b", "c"))).containsOnly(Score.of(3));
        assertThat(guarded.problems()).containsExactly("x: of its own");
    }

    @Test
    void refusesADeadlineOfNothing() {
        assertThatThrownBy(() -> new Guarded(TestGuarded::lengths, Duration.ZERO))
                .hasMessage("Invalid deadline: PT0S (must be above 0)");
    }
}
