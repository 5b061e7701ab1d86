package io.solera.train;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.solera.train.evaluation.Evaluation;
import io.solera.train.history.RoundKeys;
import io.solera.train.history.Verdict;
import io.solera.train.learner.LearnerUpdate;
import io.solera.train.memory.MemoryNeed;
import java.util.List;
import java.util.Optional;

/**
 * What a round's manifest says of it: every learner's steps, the blend, and the evaluation if there was one.
 *
 * @param slots tasks that run at a time
 */
public record RoundMetrics(List<String> rewards, int slots, MemoryNeed memory) {
    public RoundMetrics {
        rewards = List.copyOf(rewards);
    }

    /** @param begun when the round began, by {@code System.nanoTime()} */
    JsonObject of(
            int round,
            List<LearnerUpdate> updates,
            JsonObject blend,
            Optional<JsonObject> stage,
            Verdict verdict,
            Optional<Evaluation.Result> result,
            long begun) {
        JsonObject metrics = new JsonObject();
        metrics.addProperty("round", round);
        JsonArray steps = new JsonArray();
        for (LearnerUpdate update : updates) {
            JsonObject line = update.metrics().json();
            line.addProperty("learner", update.learner());
            line.addProperty("step", update.step());
            steps.add(line);
        }
        metrics.add(RoundKeys.STEPS, steps);
        metrics.add("blend", blend);
        stage.ifPresent(json -> metrics.add(RoundKeys.STAGE, json));
        result.ifPresent(measured -> {
            metrics.add(RoundKeys.EVALUATION, measured.measures().json(rewards));
            metrics.addProperty("evaluation_seconds", measured.seconds());
        });
        verdict.addTo(metrics);
        metrics.addProperty(RoundKeys.SECONDS, (System.nanoTime() - begun) / 1e9);
        metrics.addProperty("slots", slots);
        metrics.add("memory", memory.json());
        return metrics;
    }
}
