package io.solera.train;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;

/** What a round's manifest says of it: every learner's steps, the blend, and the evaluation if there was one. */
final class RoundMetrics {
    static final String STEPS = "steps";
    static final String EVALUATION = "evaluation";
    static final String SECONDS = "seconds";

    private RoundMetrics() {}

    static JsonObject of(
            int round,
            List<RoundSteps.Update> updates,
            JsonObject blend,
            Optional<JsonObject> stage,
            Verdict verdict,
            Optional<Evaluation.Result> result,
            List<String> rewards,
            double seconds,
            int slots,
            MemoryNeed memory) {
        JsonObject metrics = new JsonObject();
        metrics.addProperty("round", round);
        JsonArray steps = new JsonArray();
        for (RoundSteps.Update update : updates) {
            JsonObject line = update.metrics().json();
            line.addProperty("learner", update.learner());
            line.addProperty("step", update.step());
            steps.add(line);
        }
        metrics.add(STEPS, steps);
        metrics.add("blend", blend);
        stage.ifPresent(json -> metrics.add(Stages.STAGE, json));
        result.ifPresent(measured -> {
            metrics.add(EVALUATION, measured.measures().json(rewards));
            metrics.addProperty("evaluation_seconds", measured.seconds());
        });
        verdict.addTo(metrics);
        metrics.addProperty(SECONDS, seconds);
        metrics.addProperty("slots", slots);
        metrics.add("memory", memory.json());
        return metrics;
    }
}
