package io.solera.reward;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A reward behind a guard: an exception, a wrong answer or a hang only affects the sample that caused it. A batch that
 * fails is scored again sample by sample; a sample that times out is retried once with ten times as much time. A thread
 * that hangs is interrupted and abandoned; while {@value #MAX_HANGING} threads hang the reward fails. A reward that
 * {@linkplain Reward#guardsItself() guards itself} is called on the caller's thread, without a time limit.
 */
public final class Guarded implements Reward {
    public static final Duration DEADLINE = Duration.ofSeconds(5);
    /** Maximum abandoned threads of one reward in one JVM. */
    public static final int MAX_HANGING = 8;

    private static final int PATIENCE = 10;

    private final Reward reward;
    private final Duration deadline;
    private transient @Nullable Problems problems;
    private transient @Nullable TimedCalls calls;

    /** @param deadline per sample */
    public Guarded(Reward reward, Duration deadline) {
        if (deadline.isZero() || deadline.isNegative()) {
            throw new IllegalArgumentException("Invalid deadline: %s (must be above 0)".formatted(deadline));
        }
        this.reward = reward;
        this.deadline = deadline;
    }

    public Guarded(Reward reward) {
        this(reward, DEADLINE);
    }

    @Override
    public List<Score> score(List<@Nullable String> texts) {
        return score(texts.size(), texts::get, (from, to) -> reward.score(texts.subList(from, to)));
    }

    @Override
    public List<Score> score(List<@Nullable String> texts, List<@Nullable String> others) {
        return score(
                texts.size(),
                texts::get,
                (from, to) -> reward.score(texts.subList(from, to), others.subList(from, to)));
    }

    /** The scores of a range of the samples. */
    @FunctionalInterface
    public interface Part {
        List<Score> score(int from, int to);
    }

    /**
     * Scores of samples that are more than texts, behind the same guard.
     *
     * @param texts of the samples, which name them in {@link #problems}
     */
    public List<Score> score(List<@Nullable String> texts, Part part) {
        return score(texts.size(), texts::get, part);
    }

    private List<Score> score(int size, IntFunction<@Nullable String> text, Part part) {
        if (size == 0) {
            return List.of();
        }
        if (size == 1) {
            return List.of(single(0, text, part));
        }
        try {
            return attempt(part, 0, size, deadline.multipliedBy(size));
        } catch (TimeoutException | ExecutionException e) {
            return IntStream.range(0, size).mapToObj(i -> single(i, text, part)).toList();
        }
    }

    @Override
    public @Nullable Reward domain() {
        Reward domain = reward.domain();
        return domain == null ? null : new Guarded(domain, deadline);
    }

    @Override
    public boolean guardsItself() {
        return true;
    }

    @Override
    public List<String> problems() {
        List<String> all = new ArrayList<>(noted().examples());
        all.addAll(reward.problems());
        return List.copyOf(all);
    }

    private Score single(int i, IntFunction<@Nullable String> text, Part part) {
        try {
            try {
                return attempt(part, i, i + 1, deadline).get(0);
            } catch (TimeoutException e) {
                return attempt(part, i, i + 1, deadline.multipliedBy(PATIENCE)).get(0);
            }
        } catch (TimeoutException e) {
            noted().note(
                            text.apply(i),
                            "no answer within "
                                    + deadline.multipliedBy(PATIENCE).toMillis() + " ms");
            return Score.missing(Status.TIMED_OUT);
        } catch (ExecutionException e) {
            noted().note(text.apply(i), String.valueOf(e.getCause()));
            return Score.missing(Status.FAILED);
        }
    }

    private List<Score> attempt(Part part, int from, int to, Duration time)
            throws TimeoutException, ExecutionException {
        if (reward.guardsItself()) {
            return direct(part, from, to);
        }
        try {
            return calls().within(time, () -> scores(part, from, to));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot score: interrupted", e);
        }
    }

    private static List<Score> direct(Part part, int from, int to) throws ExecutionException {
        try {
            return scores(part, from, to);
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            throw new ExecutionException(e);
        }
    }

    private static List<Score> scores(Part part, int from, int to) {
        List<Score> scores = List.copyOf(part.score(from, to));
        if (scores.size() != to - from) {
            throw new IllegalStateException("Cannot use %d scores for %d texts".formatted(scores.size(), to - from));
        }
        return scores;
    }

    private synchronized Problems noted() {
        if (problems == null) {
            problems = new Problems();
        }
        return problems;
    }

    private synchronized TimedCalls calls() {
        if (calls == null) {
            calls = new TimedCalls(MAX_HANGING);
        }
        return calls;
    }
}
