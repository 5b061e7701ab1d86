package io.solera.train.rollout;

import io.solera.model.Sequence;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * A sample with what the rewards of the job say of it, in their order. It becomes a row only where a table of samples is
 * written.
 */
public record ScoredSample(RolloutSample sample, List<RewardColumns> rewards) implements Serializable {
    public ScoredSample {
        rewards = List.copyOf(rewards);
    }

    /**
     * Scores samples, all at once.
     *
     * @param used names of the rewards that are asked; see {@link RewardSet#score}
     */
    public static List<ScoredSample> of(List<RolloutSample> samples, RewardSet rewards, List<String> used) {
        List<List<RewardColumns>> scores =
                rewards.score(samples.stream().map(RolloutSample::drawn).toList(), used);
        List<ScoredSample> scored = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            int place = i;
            scored.add(new ScoredSample(
                    samples.get(i),
                    scores.stream().map(reward -> reward.get(place)).toList()));
        }
        return scored;
    }

    public String learner() {
        return sample.learner();
    }

    public int step() {
        return sample.step();
    }

    public long id() {
        return sample.id();
    }

    /** What the text completes; null without prompts. */
    public @Nullable String prompt() {
        return sample.prompt().text();
    }

    public String text() {
        return sample.text();
    }

    public Sequence sequence() {
        return new Sequence(sample.prompt().tokens(), sample.completion().tokens());
    }

    /** Of the sequence's tokens, as they were when it was drawn. */
    public float[] logProbabilities() {
        return sample.completion().logProbabilities();
    }

    public boolean ended() {
        return sample.completion().ended();
    }

    /** Per reward, in its unit; NaN where missing. */
    public double[] raw() {
        return rewards.stream().mapToDouble(RewardColumns::raw).toArray();
    }

    /** Per reward, on [0, 1]; NaN where missing. */
    public double[] shaped() {
        return rewards.stream().mapToDouble(RewardColumns::shaped).toArray();
    }

    /** Per reward {@code ok}, or why its value is missing. */
    public List<String> status() {
        return rewards.stream().map(RewardColumns::status).toList();
    }

    /** What the sample is worth when its shaped rewards are multiplied with {@code factor}. */
    public Experience experience(double factor) {
        return new Experience(
                sequence(), Arrays.stream(shaped()).map(value -> factor * value).toArray());
    }

    /**
     * The sample as a row of {@link SampleColumns#trained}.
     *
     * @param more what became of it in the update of its learner; NaN where nothing
     */
    public Row trained(List<Double> more) {
        List<@Nullable Object> cells = new ArrayList<>(Arrays.<@Nullable Object>asList(
                sample.round(),
                learner(),
                step(),
                id(),
                text(),
                sample.place(),
                prompt(),
                boxed(sample.prompt().tokens()),
                boxed(sample.completion().tokens()),
                boxed(logProbabilities()),
                ended(),
                sample.seconds()));
        rewards.forEach(reward -> reward.addScored(cells));
        more.forEach(value -> cells.add(RewardColumns.orNull(value)));
        return RowFactory.create(cells.toArray());
    }

    /**
     * The sample as a row of {@link SampleColumns#evaluated}.
     *
     * @param more its domains and aggregates; NaN where missing
     */
    public Row evaluated(List<Double> more) {
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(id());
        cells.add(prompt());
        cells.add(text());
        rewards.forEach(reward -> reward.addEvaluated(cells));
        more.forEach(value -> cells.add(RewardColumns.orNull(value)));
        return RowFactory.create(cells.toArray());
    }

    private static Integer[] boxed(int[] values) {
        return Arrays.stream(values).boxed().toArray(Integer[]::new);
    }

    private static Float[] boxed(float[] values) {
        Float[] result = new Float[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = values[i];
        }
        return result;
    }
}
