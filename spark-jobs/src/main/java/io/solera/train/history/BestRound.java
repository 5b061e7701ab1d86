package io.solera.train.history;

import io.solera.config.TrainJob;
import io.solera.train.evaluation.Measures;
import java.util.List;

/**
 * The round with the best evaluation; later ones win ties.
 *
 * @param value of the measure; NaN where no round has it
 */
record BestRound(int round, String measure, double value) {
    /** @param rounds those that were not measured among them */
    static BestRound of(List<RoundRecord> rounds, TrainJob.BestBy by) {
        BestRound best = new BestRound(0, by.key(), Double.NaN);
        for (RoundRecord round : rounds) {
            if (round.evaluation() != null) {
                best = best.or(round.round(), round.evaluation(), by);
            }
        }
        return best;
    }

    /** The better of this and another, which comes later. */
    BestRound or(int later, Measures evaluation, TrainJob.BestBy by) {
        TrainJob.BestBy measure = telling(by, evaluation);
        double other = value(evaluation, measure);
        return Double.isNaN(other) || other < value ? this : new BestRound(later, measure.key(), other);
    }

    /**
     * Of one reward a hypervolume is the best of a hundred samples, which hardly distinguishes policies: its mean does.
     */
    private static TrainJob.BestBy telling(TrainJob.BestBy by, Measures evaluation) {
        boolean one = evaluation.trainedRewards() == 1;
        return one && by == TrainJob.BestBy.HYPERVOLUME ? TrainJob.BestBy.GEOMETRIC_MEAN : by;
    }

    private static double value(Measures evaluation, TrainJob.BestBy measure) {
        return switch (measure) {
            case HYPERVOLUME -> evaluation.hypervolume().mean();
            case SUCCESS ->
                evaluation.success() == null ? Double.NaN : evaluation.success().mean();
            case GEOMETRIC_MEAN -> evaluation.geometricMean().mean();
        };
    }
}
