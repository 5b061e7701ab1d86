package io.solera.train.rollout;

import io.solera.config.RewardSettings;
import io.solera.problem.RequestException;
import io.solera.reward.Guarded;
import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.catalogue.Resources;
import io.solera.reward.catalogue.RewardCatalogue;
import io.solera.rl.measure.Threshold;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rewards of a job, in its order, ready to score; one object per run, sent to every executor. */
public record RewardSet(List<TrainingReward> lines) implements Serializable {
    public RewardSet {
        lines = List.copyOf(lines);
    }

    /** @throws IOException when a model or table that a reward needs cannot be read */
    public static RewardSet of(Map<String, RewardSettings> rewards, Resources resources) throws IOException {
        List<TrainingReward> lines = new ArrayList<>();
        for (Map.Entry<String, RewardSettings> entry : rewards.entrySet()) {
            String name = entry.getKey();
            RewardSettings settings = entry.getValue();
            lines.add(new TrainingReward(
                    name,
                    new Guarded(reward(name, settings, resources)),
                    settings.other(name),
                    settings.shaping(name),
                    settings.weight(),
                    settings.threshold()));
        }
        return new RewardSet(lines);
    }

    private static Reward reward(String name, RewardSettings settings, Resources resources) throws IOException {
        try {
            return RewardCatalogue.create(settings.call(name), resources);
        } catch (RequestException refused) {
            throw settings.refused(name, refused);
        }
    }

    public List<String> names() {
        return lines.stream().map(TrainingReward::name).toList();
    }

    /** The rewards that were made from examples, and report how near a sample is to them. */
    public List<TrainingReward> withDomain() {
        return lines.stream().filter(line -> line.domain() != null).toList();
    }

    public double[] weights() {
        return lines.stream().mapToDouble(TrainingReward::weight).toArray();
    }

    /** The weight of an expert, which is that of its reward; a learner of all rewards has no other next to it. */
    public double weight(String learner) {
        int place = names().indexOf(learner);
        return place < 0 ? 1 : lines.get(place).weight();
    }

    public List<Threshold> thresholds() {
        return lines.stream().map(TrainingReward::threshold).toList();
    }

    public int size() {
        return lines.size();
    }

    /** Scores [reward][text]. */
    public List<List<Score>> score(List<@Nullable String> texts) {
        return lines.stream().map(line -> line.reward().score(texts)).toList();
    }
}
