package io.solera.train.learner;

import com.google.gson.JsonObject;
import io.solera.config.RewardField;
import io.solera.config.RunName;
import io.solera.reward.Status;
import io.solera.reward.molecule.smiles.Molecules;
import io.solera.train.memory.ResidentMemory;
import io.solera.train.rollout.RewardColumns;
import io.solera.train.rollout.SampleColumns;
import io.solera.train.rollout.ScoredSample;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Numbers of one learner's step, by name; those of its minibatches are added up and divided by their count. */
public final class StepMetrics implements Serializable {
    private final Map<String, Double> sums = new LinkedHashMap<>();
    private final Map<String, Double> values = new LinkedHashMap<>();
    private int minibatches;

    /** A part of a minibatch's number. */
    public void add(String name, double part) {
        sums.merge(name, part, Double::sum);
    }

    /** Adds the parts that another machine has counted. */
    public void add(StepMetrics parts) {
        parts.sums.forEach(this::add);
    }

    /** Ends a minibatch. */
    public void nextMinibatch() {
        minibatches++;
    }

    public void put(String name, double value) {
        values.put(name, value);
    }

    public double value(String name) {
        Double value = values.get(name);
        return value == null ? sums.getOrDefault(name, Double.NaN) / minibatches : value;
    }

    /**
     * What a rollout says of itself: length, validity of molecules, mean rewards, missing ones by reason, seconds per
     * part.
     */
    public void describe(List<ScoredSample> samples, List<String> rewards, boolean molecules) {
        put(RunName.SAMPLES.text(), samples.size());
        put(
                RunName.TOKENS.text(),
                samples.stream().mapToDouble(s -> s.sequence().tokens().length).sum());
        put(
                (rewards.contains(RunName.LENGTH.text()) ? RunName.SAMPLE_LENGTH : RunName.LENGTH).text(),
                samples.stream()
                        .mapToInt(s -> s.sequence().tokens().length)
                        .average()
                        .orElse(Double.NaN));
        put(
                RunName.ENDED.text(),
                share(samples.stream().filter(ScoredSample::ended).count(), samples));
        if (molecules) {
            put(
                    RunName.VALIDITY.text(),
                    share(
                            samples.stream()
                                    .filter(s -> Molecules.valid(s.text()))
                                    .count(),
                            samples));
        }
        put(RunName.RESIDENT_MIB.text(), ResidentMemory.mebibytes());
        put(
                RunName.GENERATION_SECONDS.text(),
                samples.stream().mapToDouble(s -> s.sample().seconds()).sum());
        put(
                RunName.SCORING_SECONDS.text(),
                samples.stream()
                        .flatMapToDouble(s -> s.rewards().stream().mapToDouble(RewardColumns::seconds))
                        .sum());
        for (int i = 0; i < rewards.size(); i++) {
            int reward = i;
            put(
                    RewardField.SHAPED.of(rewards.get(i)),
                    samples.stream()
                            .mapToDouble(s -> s.rewards().get(reward).shaped())
                            .filter(value -> !Double.isNaN(value))
                            .average()
                            .orElse(Double.NaN));
            put(
                    RewardField.RAW.of(rewards.get(i)),
                    samples.stream()
                            .mapToDouble(s -> s.rewards().get(reward).raw())
                            .filter(value -> !Double.isNaN(value))
                            .average()
                            .orElse(Double.NaN));
            put(
                    RewardField.SECONDS.of(rewards.get(i)),
                    samples.stream()
                            .mapToDouble(s -> s.rewards().get(reward).seconds())
                            .sum());
            Map<String, Integer> reasons = new LinkedHashMap<>();
            samples.forEach(s -> reasons.merge(s.rewards().get(reward).status(), 1, Integer::sum));
            reasons.remove(Status.OK.text());
            reasons.remove(SampleColumns.NOT_IN_STAGE);
            reasons.forEach((reason, count) -> put(RewardField.missing(rewards.get(reward), reason), count));
        }
    }

    private static double share(long count, List<ScoredSample> samples) {
        return samples.isEmpty() ? Double.NaN : (double) count / samples.size();
    }

    public JsonObject json() {
        JsonObject json = new JsonObject();
        sums.keySet().forEach(name -> json.addProperty(name, value(name)));
        values.forEach(json::addProperty);
        return json;
    }
}
