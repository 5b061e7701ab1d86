package io.solera.reward.text;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.catalogue.FilesBeside;
import io.solera.reward.catalogue.Resources;
import io.solera.reward.catalogue.RewardCall;
import io.solera.reward.catalogue.RewardCatalogue;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts with the values that docs/reference/texts.py had from the judges, by the call of the reward; null where there
 * is none.
 */
record Judged(String kind, String text, String reference, Map<String, Double> values) {
    /** The files that lie beside the tests. */
    static final Resources FILES = new FilesBeside(Judged.class);

    static List<Judged> read(BufferedReader lines) {
        return lines.lines().map(Judged::parse).toList();
    }

    private static Judged parse(String line) {
        JsonObject row = JsonParser.parseString(line).getAsJsonObject();
        Map<String, Double> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonElement> value :
                row.getAsJsonObject("values").entrySet()) {
            values.put(
                    value.getKey(),
                    value.getValue().isJsonNull() ? null : value.getValue().getAsDouble());
        }
        return new Judged(
                row.get("kind").getAsString(),
                row.get("text").getAsString(),
                row.get("reference").getAsString(),
                values);
    }

    /** Our scores beside the judge's, for every call that some rows have. */
    static Map<String, List<Pair>> compare(List<Judged> rows) throws IOException {
        Map<String, List<Judged>> byCall = new LinkedHashMap<>();
        for (Judged row : rows) {
            for (String call : row.values.keySet()) {
                byCall.computeIfAbsent(call, key -> new ArrayList<>()).add(row);
            }
        }
        Map<String, List<Pair>> result = new LinkedHashMap<>();
        for (Map.Entry<String, List<Judged>> each : byCall.entrySet()) {
            String call = each.getKey();
            Reward reward = RewardCatalogue.create(RewardCall.parse(call), FILES);
            List<String> texts = each.getValue().stream().map(Judged::text).toList();
            List<Score> scores = call.contains("reference-column")
                    ? reward.score(
                            texts,
                            each.getValue().stream().map(Judged::reference).toList())
                    : reward.score(texts);
            List<Pair> pairs = new ArrayList<>();
            for (int i = 0; i < scores.size(); i++) {
                Judged row = each.getValue().get(i);
                pairs.add(new Pair(row, scores.get(i), row.values.get(call)));
            }
            result.put(call, pairs);
        }
        return result;
    }

    /** @param judged null where the judge has no value */
    record Pair(Judged row, Score ours, Double judged) {
        /** The absolute difference; 0 when neither has a value, infinite when one has. */
        double difference() {
            if (judged == null || !ours.present()) {
                return judged == null && !ours.present() ? 0 : Double.POSITIVE_INFINITY;
            }
            return Math.abs(ours.value() - judged);
        }

        /**
         * The difference of a reading_... in syllables of the whole text, less the nearest whole number: 0 when words
         * and sentences are counted alike and only syllables, for which the judge has another dictionary, are not.
         */
        double beyondSyllables(String call) {
            double words = row.values.getOrDefault("length", 0.0);
            if (words == 0) {
                return difference();
            }
            double syllables = difference() * words / (call.equals("reading_ease") ? 84.6 : 11.8);
            return Math.abs(syllables - Math.rint(syllables));
        }
    }
}
