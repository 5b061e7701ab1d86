package io.solera.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.solera.lang.Excerpt;
import io.solera.reward.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The samples without a value under a reward: how many by reason, and the texts of the first few. */
record MissingScores(Map<String, Integer> counts, Map<String, List<String>> examples) {
    private static final int EXAMPLES = 3;
    private static final int MAX_TEXT_LENGTH = 80;

    /**
     * Of some samples.
     *
     * @param statuses of the reward
     */
    static <T> MissingScores of(List<T> samples, Function<T, String> statuses, Function<T, String> textOf) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        Map<String, List<String>> examples = new LinkedHashMap<>();
        for (T sample : samples) {
            String status = statuses.apply(sample);
            if (!status.equals(Status.OK.text())) {
                counts.merge(status, 1, Integer::sum);
                List<String> texts = examples.computeIfAbsent(status, reason -> new ArrayList<>());
                if (texts.size() < EXAMPLES) {
                    texts.add(Excerpt.of(textOf.apply(sample), MAX_TEXT_LENGTH));
                }
            }
        }
        return new MissingScores(counts, examples);
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        counts.forEach((reason, count) -> {
            JsonObject entry = new JsonObject();
            entry.addProperty("count", count);
            JsonArray texts = new JsonArray();
            examples.getOrDefault(reason, List.of()).forEach(texts::add);
            entry.add("examples", texts);
            json.add(reason, entry);
        });
        return json;
    }
}
