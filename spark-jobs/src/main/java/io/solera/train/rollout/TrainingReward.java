package io.solera.train.rollout;

import io.solera.reward.Guarded;
import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.Shaping;
import io.solera.rl.measure.Threshold;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A reward of a job, ready to score.
 *
 * @param other the column of the prompts' table that it compares samples with; null for a reward of one text
 */
public record TrainingReward(
        String name, Guarded reward, @Nullable String other, Shaping shaping, double weight, Threshold threshold)
        implements Serializable {
    /** Scores of texts, each compared with what its prompt's row says. */
    List<Score> score(List<@Nullable String> texts, List<Prompt> prompts) {
        if (other == null) {
            return reward.score(texts);
        }
        List<@Nullable String> others = new ArrayList<>();
        prompts.forEach(prompt -> others.add(prompt.columns().get(other)));
        return reward.score(texts, others);
    }

    /** The shaped value of a score, NaN where it is missing. */
    public double shaped(Score score) {
        OptionalDouble shaped = shaping.apply(score);
        return shaped.isPresent() ? shaped.getAsDouble() : Double.NaN;
    }

    /** How near samples are to what the reward was made from; null for a rule. */
    public @Nullable Reward domain() {
        return reward.domain();
    }
}
