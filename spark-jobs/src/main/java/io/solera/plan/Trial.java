package io.solera.plan;

import com.google.gson.JsonObject;
import io.solera.config.RewardField;
import io.solera.config.RunName;
import io.solera.config.TrainJob;
import io.solera.rl.measure.Median;
import io.solera.store.DamagedRunException;
import io.solera.store.RecordJson;
import io.solera.train.history.RoundRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Rounds of a run, as its manifests describe them.
 *
 * @param rounds without round 0
 */
record Trial(TrainJob job, List<RoundRecord> rounds) {
    /** Of a run; the first round that trains loads classes and libraries, and counts only where it is the only one. */
    static Trial of(TrainJob job, List<RoundRecord> all) {
        List<RoundRecord> trained = all.stream()
                .filter(round -> round.round() > 0 && round.steps() != null)
                .toList();
        return new Trial(job, trained.size() > 1 ? trained.subList(1, trained.size()) : trained);
    }

    private double number(JsonObject step, RunName name) throws DamagedRunException {
        return number(step, name.text());
    }

    private double number(JsonObject step, String key) throws DamagedRunException {
        double value = RecordJson.number(step, key, "a step of the run");
        return Double.isNaN(value) ? 0 : value;
    }

    /** The sum of a number of all steps of all rounds. */
    double sum(RunName name) throws DamagedRunException {
        return sum(name.text());
    }

    double sum(String key) throws DamagedRunException {
        double sum = 0;
        for (JsonObject step : steps()) {
            sum += number(step, key);
        }
        return sum;
    }

    /** The largest of a number of all steps. */
    double most(RunName name) throws DamagedRunException {
        double most = 0;
        for (JsonObject step : steps()) {
            most = Math.max(most, number(step, name));
        }
        return most;
    }

    List<JsonObject> steps() {
        List<JsonObject> steps = new ArrayList<>();
        rounds.forEach(round -> steps.addAll(round.steps() == null ? List.of() : round.steps()));
        return steps;
    }

    double tokens() throws DamagedRunException {
        return sum(RunName.TOKENS);
    }

    double samples() throws DamagedRunException {
        return sum(RunName.SAMPLES);
    }

    /** Seconds of all tasks of its steps. */
    double tasks() throws DamagedRunException {
        return sum(RunName.GENERATION_SECONDS) + sum(RunName.SCORING_SECONDS) + sum(RunName.UPDATE_SECONDS);
    }

    /** Seconds of the update of a learner in a step. */
    double update() throws DamagedRunException {
        return sum(RunName.UPDATE_SECONDS) / steps().size();
    }

    /** Seconds of scoring a sample by a reward. */
    double scoring(String reward) throws DamagedRunException {
        return sum(RewardField.SECONDS.of(reward)) / samples();
    }

    /** Median seconds of a round without its evaluation. */
    double round() {
        return median(round -> round.seconds() - (round.evaluationSeconds() == null ? 0 : round.evaluationSeconds()));
    }

    /** Median seconds of an evaluation; NaN where no round has one. */
    double evaluation() {
        return median(round -> round.evaluationSeconds() == null ? Double.NaN : round.evaluationSeconds());
    }

    private double median(ToDoubleFunction<RoundRecord> of) {
        double[] values =
                rounds.stream().mapToDouble(of).filter(Double::isFinite).toArray();
        return values.length == 0 ? Double.NaN : Median.of(values);
    }
}
