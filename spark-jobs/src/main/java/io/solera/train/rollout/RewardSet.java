package io.solera.train.rollout;

import io.solera.config.RewardSettings;
import io.solera.reward.Guarded;
import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.Shaping;
import io.solera.reward.catalogue.Resources;
import io.solera.reward.catalogue.RewardCatalogue;
import io.solera.rl.measure.Threshold;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The rewards of a job, in its order, ready to score; one object per run, sent to every executor. */
public record RewardSet(List<Line> lines) implements Serializable {
    /**
     * One reward.
     *
     * @param other the column of the prompts' table that it compares samples with; null for a reward of one text
     */
    public record Line(
            String name, Guarded reward, @Nullable String other, Shaping shaping, double weight, Threshold threshold)
            implements Serializable {
        /** Scores of texts, each beside what its prompt's row says. */
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

    public RewardSet {
        lines = List.copyOf(lines);
    }

    /** @throws IOException when a model or table that a reward needs cannot be read */
    public static RewardSet of(Map<String, RewardSettings> rewards, Resources resources) throws IOException {
        List<Line> lines = new ArrayList<>();
        for (Map.Entry<String, RewardSettings> entry : rewards.entrySet()) {
            String name = entry.getKey();
            RewardSettings settings = entry.getValue();
            lines.add(new Line(
                    name,
                    new Guarded(RewardCatalogue.create(settings.call(name), resources)),
                    settings.other(name),
                    settings.shaping(name),
                    settings.weight(),
                    settings.threshold()));
        }
        return new RewardSet(lines);
    }

    public List<String> names() {
        return lines.stream().map(Line::name).toList();
    }

    /** The lines of rewards that were made from examples, and tell how near a sample is to them. */
    public List<Line> withDomain() {
        return lines.stream().filter(line -> line.domain() != null).toList();
    }

    public double[] weights() {
        return lines.stream().mapToDouble(Line::weight).toArray();
    }

    /** The weight of an expert, which is that of its reward; a learner of all rewards stands alone. */
    public double weight(String learner) {
        int place = names().indexOf(learner);
        return place < 0 ? 1 : lines.get(place).weight();
    }

    public List<Threshold> thresholds() {
        return lines.stream().map(Line::threshold).toList();
    }

    public int size() {
        return lines.size();
    }

    /** Scores [reward][text]. */
    public List<List<Score>> score(List<@Nullable String> texts) {
        return lines.stream().map(line -> line.reward().score(texts)).toList();
    }

    /** Breakdowns of rewards in this JVM, for an error message. */
    public List<String> problems() {
        return lines.stream()
                .flatMap(line -> line.reward().problems().stream().map(problem -> line.name() + ": " + problem))
                .toList();
    }
}
