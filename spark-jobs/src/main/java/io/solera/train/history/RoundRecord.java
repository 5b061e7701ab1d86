package io.solera.train.history;

import com.google.gson.JsonObject;
import io.solera.store.CommittedRound;
import io.solera.store.DamagedRunException;
import io.solera.store.RecordJson;
import io.solera.train.evaluation.Measures;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a round's manifest says of it, as {@link RecordJson} writes it.
 *
 * @param steps of its learners, with whatever their updates and rewards say; null in the line of {@code metrics.jsonl}
 * @param heldOutLoss of supervised tuning, whose rounds have none of the rest; NaN where nothing was held out
 * @param blend what became of the experts' updates; empty in round 0
 * @param stage null in jobs without stages
 * @param evaluation null in a round that was not measured
 * @param warnings null where there are none
 * @param stopped why the run stops after it; null where it continues
 * @param seconds that the round took
 * @param slots tasks that run at a time
 * @param memory what the run needs, and took
 */
public record RoundRecord(
        int round,
        @Nullable List<JsonObject> steps,
        @Nullable Double heldOutLoss,
        @Nullable JsonObject blend,
        @Nullable RoundStage stage,
        @Nullable Measures evaluation,
        @Nullable Double evaluationSeconds,
        @Nullable List<String> warnings,
        @Nullable String stopped,
        double seconds,
        @Nullable Integer slots,
        @Nullable JsonObject memory) {
    /** A round of supervised tuning. */
    public static RoundRecord ofTuning(int round, List<JsonObject> steps, double heldOutLoss, double seconds) {
        return new RoundRecord(round, steps, heldOutLoss, null, null, null, null, null, null, seconds, null, null);
    }

    public static RoundRecord of(CommittedRound round) throws DamagedRunException {
        return RecordJson.read(round.metrics(), RoundRecord.class, round.location());
    }

    /** Without what grows with its steps and learners. */
    public RoundRecord outline() {
        return new RoundRecord(
                round,
                null,
                heldOutLoss,
                null,
                stage,
                evaluation,
                evaluationSeconds,
                warnings,
                stopped,
                seconds,
                slots,
                null);
    }

    /** What the steps of its learners took. */
    public List<StepTimes> stepTimes() throws DamagedRunException {
        List<StepTimes> times = new ArrayList<>();
        for (JsonObject step : steps == null ? List.<JsonObject>of() : steps) {
            times.add(RecordJson.read(step, StepTimes.class, "a step of round " + round));
        }
        return times;
    }

    /** The lines of {@code metrics.jsonl}, each with its end. */
    public String text() {
        StringBuilder text = new StringBuilder();
        lines().forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /** The steps of the round, a line of {@code metrics.jsonl} each, and the line of the round. */
    public List<JsonObject> lines() {
        List<JsonObject> lines = new ArrayList<>();
        if (steps != null) {
            for (JsonObject step : steps) {
                JsonObject line = step.deepCopy();
                line.addProperty(StepKeys.ROUND, round);
                lines.add(line);
            }
        }
        RoundRecord alone = new RoundRecord(
                round,
                null,
                heldOutLoss,
                blend,
                stage,
                evaluation,
                evaluationSeconds,
                warnings,
                stopped,
                seconds,
                slots,
                memory);
        lines.add(RecordJson.write(alone));
        return lines;
    }
}
