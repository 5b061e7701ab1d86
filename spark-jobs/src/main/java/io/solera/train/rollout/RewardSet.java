package io.solera.train.rollout;

import io.solera.config.RewardSettings;
import io.solera.meter.Work;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The rewards of a job, in its order, ready to score; one object per run, sent to every executor. */
public record RewardSet(List<TrainingReward> lines) implements Serializable {
    public RewardSet {
        lines = List.copyOf(lines);
    }

    /** Of a job without prompts; see the other. */
    public static RewardSet of(Map<String, RewardSettings> rewards, Resources resources) throws IOException {
        return of(rewards, resources, List.of());
    }

    /**
     * Expressions of SQL are analysed in the active session.
     *
     * @param table columns of the prompts' table, which expressions may read
     * @throws IOException when a model or table that a reward needs cannot be read
     */
    public static RewardSet of(Map<String, RewardSettings> rewards, Resources resources, List<String> table)
            throws IOException {
        Map<String, SqlReward> expressions = SqlRewards.of(rewards, table);
        List<TrainingReward> lines = new ArrayList<>();
        for (Map.Entry<String, RewardSettings> entry : rewards.entrySet()) {
            String name = entry.getKey();
            RewardSettings settings = entry.getValue();
            SqlReward sql = expressions.get(name);
            lines.add(new TrainingReward(
                    name,
                    new Guarded(sql == null ? reward(name, settings, resources) : sql),
                    settings.other(name),
                    sql,
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

    /** The columns of the prompts' table that expressions of SQL read. */
    public Set<String> promptColumns() {
        Set<String> columns = new TreeSet<>();
        lines.forEach(line ->
                columns.addAll(line.sql() == null ? List.of() : line.sql().promptColumns()));
        return columns;
    }

    /**
     * What the rewards say of samples, [reward][sample].
     *
     * @param used names of the rewards that are asked, as are those that they read; the others are missing as
     *     {@link SampleColumns#NOT_IN_STAGE}
     */
    public List<List<RewardColumns>> score(List<DrawnSample> samples, List<String> used) {
        List<Map<String, RewardColumns>> scored = new ArrayList<>();
        samples.forEach(sample -> scored.add(new HashMap<>()));
        Work.SCORED.add(samples.size());
        for (TrainingReward line : inOrder(used)) {
            long begun = System.nanoTime();
            List<Score> scores = line.score(samples, scored);
            float seconds = (float) ((System.nanoTime() - begun) / 1e9 / samples.size());
            for (int i = 0; i < scores.size(); i++) {
                Score score = scores.get(i);
                scored.get(i).put(line.name(), RewardColumns.of(score, line.shaped(score), seconds));
            }
        }
        return lines.stream()
                .map(line -> scored.stream()
                        .map(of -> of.getOrDefault(line.name(), RewardColumns.NOT_IN_STAGE))
                        .toList())
                .toList();
    }

    /** Rewards with those that they read, each after those. */
    private List<TrainingReward> inOrder(List<String> used) {
        Map<String, TrainingReward> order = new LinkedHashMap<>();
        lines.stream().filter(line -> used.contains(line.name())).forEach(line -> add(line, order));
        return List.copyOf(order.values());
    }

    private void add(TrainingReward line, Map<String, TrainingReward> order) {
        if (!order.containsKey(line.name())) {
            List<String> inputs = line.inputs();
            lines.stream().filter(other -> inputs.contains(other.name())).forEach(other -> add(other, order));
            order.put(line.name(), line);
        }
    }
}
