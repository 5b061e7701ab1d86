package io.solera.train.history;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.solera.config.TrainJob;
import java.util.List;
import java.util.Locale;

/**
 * The round with the best evaluation; later ones win ties.
 *
 * @param value of the measure; NaN where no round has it
 */
record BestRound(int round, String measure, double value) {
    /** @param metrics of rounds, those that were not measured among them */
    static BestRound of(List<JsonObject> metrics, TrainJob.BestBy by) {
        BestRound best = new BestRound(0, by.key(), Double.NaN);
        for (JsonObject round : metrics) {
            JsonObject evaluation = round.getAsJsonObject(RoundKeys.EVALUATION);
            if (evaluation != null) {
                TrainJob.BestBy measure = telling(by, evaluation);
                double value = value(evaluation, measure);
                if (!Double.isNaN(value) && !(value < best.value())) {
                    best = new BestRound(round.get("round").getAsInt(), measure.key(), value);
                }
            }
        }
        return best;
    }

    /** Of one reward a hypervolume is the best of a hundred samples, which hardly tells policies apart: its mean does. */
    private static TrainJob.BestBy telling(TrainJob.BestBy by, JsonObject evaluation) {
        boolean one = evaluation.getAsJsonObject("rewards").size() == 1;
        return one && by == TrainJob.BestBy.HYPERVOLUME ? TrainJob.BestBy.GEOMETRIC_MEAN : by;
    }

    private static double value(JsonObject evaluation, TrainJob.BestBy measure) {
        JsonObject interval = evaluation.getAsJsonObject(measure.name().toLowerCase(Locale.ROOT));
        JsonElement mean = interval == null ? null : interval.get("mean");
        return mean == null || mean.isJsonNull() ? Double.NaN : mean.getAsDouble();
    }
}
