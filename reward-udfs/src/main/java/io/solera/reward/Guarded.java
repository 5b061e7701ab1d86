package io.solera.reward;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A reward behind a guard: an exception, a wrong answer or a hang costs the sample that caused it and nothing else. A batch that
 * breaks is scored again sample by sample; a sample that runs out of time is tried once more with ten times as much. A thread that
 * hangs is interrupted and left behind.
 */
public final class Guarded implements Reward {
    public static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final int PATIENCE = 10;
    private static final int EXAMPLES = 3;

    private final Reward reward;
    private final Duration deadline;
    private transient @Nullable List<String> problems;

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

    /** The scores of a range of the texts. */
    private interface Part {
        List<Score> score(int from, int to);
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

    /** The first few breakdowns on this machine, each with its sample, to show to the user. */
    public synchronized List<String> problems() {
        return problems == null ? List.of() : List.copyOf(problems);
    }

    private Score single(int i, IntFunction<@Nullable String> text, Part part) {
        try {
            try {
                return attempt(part, i, i + 1, deadline).get(0);
            } catch (TimeoutException e) {
                return attempt(part, i, i + 1, deadline.multipliedBy(PATIENCE)).get(0);
            }
        } catch (TimeoutException e) {
            note(
                    text.apply(i),
                    "no answer within " + deadline.multipliedBy(PATIENCE).toMillis() + " ms");
            return Score.missing(Status.TIMED_OUT);
        } catch (ExecutionException e) {
            note(text.apply(i), String.valueOf(e.getCause()));
            return Score.missing(Status.FAILED);
        }
    }

    private List<Score> attempt(Part part, int from, int to, Duration time)
            throws TimeoutException, ExecutionException {
        FutureTask<List<Score>> task = new FutureTask<>(() -> {
            List<Score> scores = List.copyOf(part.score(from, to));
            if (scores.size() != to - from) {
                throw new IllegalStateException(
                        "Cannot use %d scores for %d texts".formatted(scores.size(), to - from));
            }
            return scores;
        });
        Thread thread = new Thread(task, "solera-reward");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot score: interrupted", e);
        } catch (TimeoutException e) {
            task.cancel(true);
            throw e;
        }
    }

    private synchronized void note(@Nullable String text, String what) {
        if (problems == null) {
            problems = new ArrayList<>();
        }
        if (problems.size() < EXAMPLES) {
            problems.add("%s: %s".formatted(abbreviated(text), what));
        }
    }

    private static String abbreviated(@Nullable String text) {
        return text == null || text.length() <= 80 ? String.valueOf(text) : text.substring(0, 80) + "...";
    }
}
