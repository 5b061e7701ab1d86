package io.solera.train;

import com.google.gson.JsonObject;
import io.solera.config.StageSettings;
import io.solera.train.evaluation.Evaluation;
import io.solera.train.evaluation.Measures;
import io.solera.train.rollout.RewardSet;
import java.util.List;
import java.util.Optional;

/**
 * A round's place in the stages of a run.
 *
 * @param index of the stage, from 0
 * @param round of the stage, from 1
 * @param last whether no stage follows
 */
record Stage(int index, int round, boolean last, StageSettings settings) {
    String name() {
        return settings.name() == null ? Integer.toString(index + 1) : settings.name();
    }

    List<String> rewards() {
        return settings.rewards();
    }

    /** Whether a stage before this one has just ended. */
    boolean follows() {
        return index > 0 && round == 1;
    }

    /** Whether the stage ends with this round, whatever it achieves. */
    boolean exhausted() {
        return round == settings.maxRounds();
    }

    /** The mean of the stage's shaped rewards over an evaluation, with their weights; NaN when one has no value, or without one. */
    double score(Optional<Evaluation.Result> result, RewardSet rewards) {
        if (result.isEmpty()) {
            return Double.NaN;
        }
        Measures measures = result.get().measures();
        double sum = 0;
        double weights = 0;
        for (String name : rewards()) {
            double weight = rewards.weight(name);
            sum += weight * measures.shaped().get(rewards.names().indexOf(name)).mean();
            weights += weight;
        }
        return sum / weights;
    }

    /** Whether the stage ends with this round, of which the evaluation has this score. */
    boolean ends(double score) {
        int minRounds = settings.minRounds() == null ? 1 : settings.minRounds();
        return exhausted() || (settings.target() != null && round >= minRounds && score >= settings.target());
    }

    /** What the round's manifest says of it. */
    JsonObject json(double score, boolean ended) {
        JsonObject json = new JsonObject();
        json.addProperty(Stages.INDEX, index);
        json.addProperty("name", name());
        json.addProperty(Stages.ROUND, round);
        json.addProperty("score", score);
        json.addProperty(Stages.ENDED, ended);
        return json;
    }
}
