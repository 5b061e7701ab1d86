package io.solera.train.learner;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a diversity filter has met, in the order in which it did.
 *
 * @param molecules by canonical SMILES
 * @param buckets how many of them fell into each, by scaffold
 */
public record DiversityMemory(Set<String> molecules, Map<String, Integer> buckets) {
    public static final DiversityMemory EMPTY = new DiversityMemory(Set.of(), Map.of());

    public DiversityMemory {
        molecules = Collections.unmodifiableSet(new LinkedHashSet<>(molecules));
        buckets = Collections.unmodifiableMap(new LinkedHashMap<>(buckets));
    }

    boolean isEmpty() {
        return molecules.isEmpty();
    }

    /** How many buckets hold at least this many. */
    int full(int size) {
        return (int) buckets.values().stream().filter(count -> count >= size).count();
    }

    JsonObject json() {
        JsonArray known = new JsonArray();
        molecules.forEach(known::add);
        JsonObject counts = new JsonObject();
        buckets.forEach(counts::addProperty);
        JsonObject json = new JsonObject();
        json.add("molecules", known);
        json.add("buckets", counts);
        return json;
    }

    static DiversityMemory of(JsonObject json) {
        List<String> molecules = new ArrayList<>();
        for (JsonElement molecule : json.getAsJsonArray("molecules")) {
            molecules.add(molecule.getAsString());
        }
        Map<String, Integer> buckets = new LinkedHashMap<>();
        json.getAsJsonObject("buckets")
                .entrySet()
                .forEach(entry -> buckets.put(entry.getKey(), entry.getValue().getAsInt()));
        return new DiversityMemory(new LinkedHashSet<>(molecules), buckets);
    }
}
