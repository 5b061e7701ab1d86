package io.solera.reward.learned.encoding;

import io.solera.reward.BoundedCache;
import io.solera.reward.Score;
import io.solera.reward.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Scores kept by key: what a batch brings anew is computed together, each key once. */
public final class KeyedScores {
    private static final int CACHED = 1 << 16;

    private final BoundedCache<String, Score> values = new BoundedCache<>(CACHED);

    /** @param computation one score for each text, in order; it is given texts of different keys */
    public List<Score> score(
            List<@Nullable String> texts,
            Function<@Nullable String, Encoding.Key> keys,
            Function<List<String>, List<Score>> computation) {
        List<Encoding.Key> read = new ArrayList<>(texts.size());
        Map<String, String> open = new LinkedHashMap<>();
        Map<String, Score> found = new HashMap<>();
        for (String text : texts) {
            Encoding.Key key = keys.apply(text);
            read.add(key);
            if (text != null && key.status() == Status.OK) {
                Score known = values.find(key.text());
                if (known == null) {
                    open.put(key.text(), text);
                } else {
                    found.put(key.text(), known);
                }
            }
        }
        if (!open.isEmpty()) {
            List<Score> computed = computation.apply(List.copyOf(open.values()));
            int row = 0;
            for (String key : open.keySet()) {
                values.put(key, computed.get(row));
                found.put(key, computed.get(row));
                row++;
            }
        }
        List<Score> scores = new ArrayList<>(texts.size());
        for (Encoding.Key key : read) {
            Score score = key.status() == Status.OK ? found.get(key.text()) : null;
            scores.add(score == null ? Score.missing(key.status()) : score);
        }
        return scores;
    }
}
