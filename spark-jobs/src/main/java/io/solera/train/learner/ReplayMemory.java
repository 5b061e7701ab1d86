package io.solera.train.learner;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.solera.model.Sequence;
import io.solera.rl.RandomKey;
import io.solera.train.rollout.Experience;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The best distinct molecules that a learner has met, the best first; earlier ones win ties. */
public record ReplayMemory(List<Entry> entries) {
    public static final ReplayMemory EMPTY = new ReplayMemory(List.of());

    /** @param smiles canonical */
    public record Entry(String smiles, Experience experience) {}

    public ReplayMemory {
        entries = List.copyOf(entries);
    }

    /**
     * With more molecules, cut to size.
     *
     * @param score of an experience; one for which it is NaN comes last
     */
    public ReplayMemory with(List<Entry> more, ToDoubleFunction<Experience> score, int size) {
        Set<String> known = new HashSet<>();
        List<Entry> all = new ArrayList<>();
        for (List<Entry> part : List.of(entries, more)) {
            for (Entry entry : part) {
                if (known.add(entry.smiles())) {
                    all.add(entry);
                }
            }
        }
        all.sort(Comparator.comparingDouble(entry -> {
            double value = score.applyAsDouble(entry.experience());
            return Double.isNaN(value) ? Double.POSITIVE_INFINITY : -value;
        }));
        return new ReplayMemory(all.subList(0, Math.min(size, all.size())));
    }

    /** A random choice of those that have a score, or all of them when they are fewer. */
    List<Experience> draw(int count, ToDoubleFunction<Experience> score, RandomKey key) {
        List<Experience> scored = entries.stream()
                .map(Entry::experience)
                .filter(experience -> !Double.isNaN(score.applyAsDouble(experience)))
                .toList();
        List<Experience> drawn = new ArrayList<>();
        for (int place : key.permutation(scored.size())) {
            if (drawn.size() < count) {
                drawn.add(scored.get(place));
            }
        }
        return drawn;
    }

    JsonArray json() {
        JsonArray array = new JsonArray();
        for (Entry entry : entries) {
            JsonArray shaped = new JsonArray();
            for (double value : entry.experience().shaped()) {
                shaped.add(Double.isNaN(value) ? JsonNull.INSTANCE : new JsonPrimitive(value));
            }
            JsonObject json = new JsonObject();
            json.addProperty("smiles", entry.smiles());
            json.add("prompt", array(entry.experience().sequence().prompt()));
            json.add("tokens", array(entry.experience().sequence().tokens()));
            json.add("shaped", shaped);
            array.add(json);
        }
        return array;
    }

    static ReplayMemory of(JsonArray array) {
        List<Entry> entries = new ArrayList<>();
        for (JsonElement element : array) {
            JsonObject json = element.getAsJsonObject();
            Sequence sequence = new Sequence(ids(json.getAsJsonArray("prompt")), ids(json.getAsJsonArray("tokens")));
            double[] shaped = json.getAsJsonArray("shaped").asList().stream()
                    .mapToDouble(value -> value.isJsonNull() ? Double.NaN : value.getAsDouble())
                    .toArray();
            entries.add(new Entry(json.get("smiles").getAsString(), new Experience(sequence, shaped)));
        }
        return new ReplayMemory(entries);
    }

    private static JsonArray array(int[] ids) {
        JsonArray array = new JsonArray();
        for (int id : ids) {
            array.add(id);
        }
        return array;
    }

    private static int[] ids(JsonArray array) {
        return array.asList().stream().mapToInt(JsonElement::getAsInt).toArray();
    }
}
