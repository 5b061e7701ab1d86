package io.solera.train.rollout;

import io.solera.reward.Guarded;
import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.Shaping;
import io.solera.rl.measure.Threshold;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A reward of a job, ready to score.
 *
 * @param other the column of the prompts' table that it compares samples with; null for a reward of one text
 * @param sql the expression that it is; null for a reward of the catalogue
 */
public record TrainingReward(
        String name,
        Guarded reward,
        @Nullable String other,
        @Nullable SqlReward sql,
        Shaping shaping,
        double weight,
        Threshold threshold)
        implements Serializable {
    /** A reward of the catalogue. */
    public TrainingReward(
            String name, Guarded reward, @Nullable String other, Shaping shaping, double weight, Threshold threshold) {
        this(name, reward, other, null, shaping, weight, threshold);
    }

    /**
     * @param scored of each sample, what the rewards say of it that this one reads
     */
    List<Score> score(List<DrawnSample> samples, List<Map<String, RewardColumns>> scored) {
        List<@Nullable String> texts = new ArrayList<>();
        samples.forEach(sample -> texts.add(sample.text()));
        SqlReward expression = sql;
        if (expression != null) {
            return reward.score(
                    texts, (from, to) -> expression.scores(samples.subList(from, to), scored.subList(from, to)));
        }
        if (other == null) {
            return reward.score(texts);
        }
        List<@Nullable String> others = new ArrayList<>();
        samples.forEach(sample -> others.add(sample.prompt().columns().get(other)));
        return reward.score(texts, others);
    }

    /** The rewards that have to be scored before it. */
    List<String> inputs() {
        return sql == null ? List.of() : sql.inputs();
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
