package io.solera.reward.outside;

import io.solera.problem.RequestException;
import io.solera.reward.Score;
import io.solera.reward.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Texts to send to another process: each distinct text once, in batches, without nulls and texts above {@value
 * #MAX_LENGTH} characters.
 */
final class Batches {
    static final int MAX_LENGTH = 100_000;
    static final int MAX_TEXTS = 4096;

    private Batches() {}

    /** @throws IllegalArgumentException if {@code batch} is not a valid batch size */
    static int checked(int batch) {
        if (batch < 1 || batch > MAX_TEXTS) {
            throw new RequestException("Invalid batch: %d (must be 1 to %d)".formatted(batch, MAX_TEXTS));
        }
        return batch;
    }

    /** @param outside computes a score for each text */
    static List<Score> score(List<@Nullable String> texts, int batch, Function<List<String>, List<Score>> outside) {
        List<String> open = texts.stream()
                .filter(text -> text != null && text.length() <= MAX_LENGTH)
                .map(Objects::requireNonNull)
                .distinct()
                .toList();
        Map<String, Score> known = new HashMap<>();
        for (int from = 0; from < open.size(); from += batch) {
            List<String> part = open.subList(from, Math.min(open.size(), from + batch));
            List<Score> scores = outside.apply(part);
            for (int i = 0; i < part.size(); i++) {
                known.put(part.get(i), scores.get(i));
            }
        }
        List<Score> result = new ArrayList<>(texts.size());
        for (String text : texts) {
            Score score = text == null ? Score.missing(Status.INVALID_INPUT) : known.get(text);
            result.add(score == null ? Score.missing(Status.NOT_APPLICABLE) : score);
        }
        return result;
    }
}
