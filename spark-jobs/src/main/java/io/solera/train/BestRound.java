package io.solera.train;

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
        BestRound best = new BestRound(0, name(by), Double.NaN);
        for (JsonObject round : metrics) {
            double value = value(round, by);
            if (!Double.isNaN(value) && !(value < best.value())) {
                best = new BestRound(round.get("round").getAsInt(), name(by), value);
            }
        }
        return best;
    }

    private static double value(JsonObject round, TrainJob.BestBy by) {
        JsonObject evaluation = round.getAsJsonObject(RoundMetrics.EVALUATION);
        if (evaluation == null) {
            return Double.NaN;
        }
        // of one reward a hypervolume is the best of a hundred samples, which hardly tells policies apart
        boolean one = evaluation.getAsJsonObject("rewards").size() == 1;
        TrainJob.BestBy measure = one && by == TrainJob.BestBy.HYPERVOLUME ? TrainJob.BestBy.GEOMETRIC_MEAN : by;
        JsonObject interval = evaluation.getAsJsonObject(measure.name().toLowerCase(Locale.ROOT));
        JsonElement mean = interval == null ? null : interval.get("mean");
        return mean == null || mean.isJsonNull() ? Double.NaN : mean.getAsDouble();
    }

    private static String name(TrainJob.BestBy by) {
        return by.key();
    }
}
