package io.solera.track;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.solera.train.evaluation.Measures;
import io.solera.train.history.RoundRecord;
import io.solera.train.history.StepKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of {@code metrics.jsonl} as charts have them: {@code <learner>/<number>} for each step of a learner,
 * {@code train/<number>} in supervised tuning, and {@code evaluation/}, {@code blend/} and {@code round/} at the end of
 * a round. Rounds are given one after the other, from round 0 on. What is not a finite number is left out.
 */
final class Timeline {
    private static final String TUNING = "train";

    private long steps;
    private double seconds;

    Timeline copy() {
        Timeline copy = new Timeline();
        copy.steps = steps;
        copy.seconds = seconds;
        return copy;
    }

    List<Scalars> add(RoundRecord round) {
        SortedMap<Long, Map<String, Double>> bySteps = new TreeMap<>();
        for (JsonObject step : round.steps() == null ? List.<JsonObject>of() : round.steps()) {
            long at = step.get(StepKeys.STEP).getAsLong();
            JsonElement learner = step.get(StepKeys.LEARNER);
            long total = learner == null ? at : steps + at + 1; // tuning counts its steps from 1, over all rounds
            Map<String, Double> values = bySteps.computeIfAbsent(total, key -> new LinkedHashMap<>());
            String section = learner == null ? TUNING : learner.getAsString();
            step.entrySet().stream()
                    .filter(number -> !number.getKey().equals(StepKeys.STEP))
                    .forEach(number -> put(values, section + "/" + number.getKey(), number(number.getValue())));
        }
        List<Scalars> scalars = new ArrayList<>();
        long first = steps;
        steps = bySteps.isEmpty() ? steps : bySteps.lastKey();
        double share = round.seconds() / Math.max(1, steps - first);
        bySteps.forEach((step, values) -> scalars.add(new Scalars(step, seconds + share * (step - first), values)));
        seconds += round.seconds();
        scalars.add(new Scalars(steps, seconds, ofRound(round)));
        return scalars;
    }

    private static Map<String, Double> ofRound(RoundRecord round) {
        Map<String, Double> values = new LinkedHashMap<>();
        put(values, "round/number", round.round());
        put(values, "round/seconds", round.seconds());
        put(values, "round/evaluation_seconds", round.evaluationSeconds());
        put(values, "evaluation/held_out_loss", round.heldOutLoss());
        if (round.stage() != null) {
            put(values, "round/stage", round.stage().index());
        }
        if (round.blend() != null && round.blend().has("experts")) {
            blend(values, round.blend());
        }
        if (round.evaluation() != null) {
            evaluation(values, round.evaluation());
        }
        return values;
    }

    private static void blend(Map<String, Double> values, JsonObject blend) {
        JsonArray experts = blend.getAsJsonArray("experts");
        JsonArray cosines = blend.getAsJsonArray("cosines");
        double lowest = Double.NaN;
        for (int i = 0; i < experts.size(); i++) {
            String expert = experts.get(i).getAsString();
            for (String of : List.of("coefficients", "drift")) {
                put(
                        values,
                        "blend/" + of + "/" + expert,
                        number(blend.getAsJsonArray(of).get(i)));
            }
            for (int j = 0; j < i; j++) {
                double cosine = number(cosines.get(i).getAsJsonArray().get(j));
                lowest = cosine >= lowest ? lowest : cosine;
            }
        }
        put(values, "blend/lowest_cosine", lowest);
        put(values, "blend/policy_drift", number(blend.get("policy_drift")));
    }

    private static void evaluation(Map<String, Double> values, Measures measures) {
        measures.rewards().forEach((name, reward) -> {
            put(values, "evaluation/rewards/" + name, reward.raw().mean());
            put(
                    values,
                    "evaluation/rewards/" + name + "_shaped",
                    reward.shaped().mean());
            put(values, "evaluation/rewards/" + name + "_front", reward.front());
        });
        put(
                values,
                "evaluation/success",
                measures.success() == null ? null : measures.success().mean());
        put(values, "evaluation/hypervolume", measures.hypervolume().mean());
        put(values, "evaluation/geometric_mean", measures.geometricMean().mean());
        put(values, "evaluation/icv_per_sample", measures.icv().perSample());
        put(values, "evaluation/icv_of_means", measures.icv().ofMeans());
        put(values, "evaluation/validity", measures.validity());
        put(values, "evaluation/uniqueness", measures.uniqueness());
        put(values, "evaluation/novelty", measures.novelty());
        put(values, "evaluation/internal_diversity", measures.internalDiversity());
        put(values, "evaluation/most_common", measures.mostCommon());
        put(values, "evaluation/length", measures.length());
        put(values, "evaluation/kl", measures.kl().mean());
        if (measures.domain() != null) {
            measures.domain().forEach((name, domain) -> put(values, "evaluation/domain/" + name, domain.mean()));
        }
        if (measures.aggregates() != null) {
            measures.aggregates().forEach((name, mean) -> put(values, "evaluation/aggregates/" + name, mean.mean()));
        }
    }

    private static void put(Map<String, Double> values, String name, @Nullable Number value) {
        if (value != null && Double.isFinite(value.doubleValue())) {
            values.put(name, value.doubleValue());
        }
    }

    /** NaN where it is not a number. */
    private static double number(@Nullable JsonElement value) {
        return value != null
                        && value.isJsonPrimitive()
                        && value.getAsJsonPrimitive().isNumber()
                ? value.getAsDouble()
                : Double.NaN;
    }
}
