package io.solera.train;

import com.google.gson.JsonObject;
import io.solera.store.RecordJson;
import io.solera.train.evaluation.Evaluation;
import io.solera.train.history.RoundRecord;
import io.solera.train.history.RoundStage;
import io.solera.train.history.StepKeys;
import io.solera.train.history.Verdict;
import io.solera.train.learner.LearnerUpdate;
import io.solera.train.memory.MemoryNeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a round's manifest says of it: every learner's steps, the blend, and the evaluation if there was one.
 *
 * @param slots tasks that run at a time
 */
public record RoundMetrics(int slots, MemoryNeed memory) {
    /** @param begun when the round started, by {@code System.nanoTime()} */
    JsonObject of(
            int round,
            List<LearnerUpdate> updates,
            JsonObject blend,
            Optional<RoundStage> stage,
            Verdict verdict,
            Optional<Evaluation.Result> result,
            long begun) {
        List<JsonObject> steps = new ArrayList<>();
        for (LearnerUpdate update : updates) {
            JsonObject line = update.metrics().json();
            line.addProperty(StepKeys.LEARNER, update.learner());
            line.addProperty(StepKeys.STEP, update.step());
            steps.add(line);
        }
        return RecordJson.write(new RoundRecord(
                round,
                steps,
                null,
                blend,
                stage.orElse(null),
                result.map(Evaluation.Result::measures).orElse(null),
                result.map(Evaluation.Result::seconds).orElse(null),
                verdict.warnings().isEmpty() ? null : verdict.warnings(),
                verdict.stopped(),
                (System.nanoTime() - begun) / 1e9,
                slots,
                memory.json()));
    }
}
