package io.solera.train.rollout;

import io.solera.checkpoint.Policy;
import io.solera.meter.Work;
import io.solera.model.Completion;
import io.solera.model.SamplingSettings;
import io.solera.model.Sequence;
import io.solera.rl.BlockVector;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * A sample of a micro-batch, before it is scored.
 *
 * @param id in its learner's rollout
 * @param text that rewards score
 * @param place of the prompt
 * @param seconds that drawing it took, an equal share of its micro-batch's
 */
public record RolloutSample(
        MicroBatch microBatch, long id, String text, int place, Prompt prompt, Completion completion, float seconds)
        implements Serializable {
    /** Draws a micro-batch from the policy of this shape with these parameters. */
    public static List<RolloutSample> of(
            MicroBatch microBatch, Policy shape, BlockVector parameters, Prompts prompts, SamplingSettings sampling) {
        long begun = System.nanoTime();
        List<Completion> completions = microBatch.from(shape, parameters, prompts, sampling);
        float seconds = (float) ((System.nanoTime() - begun) / 1e9 / completions.size());
        List<RolloutSample> samples = new ArrayList<>();
        for (int i = 0; i < completions.size(); i++) {
            int place = microBatch.places()[i];
            Prompt prompt = prompts.all().get(place);
            samples.add(new RolloutSample(
                    microBatch,
                    microBatch.first() + i,
                    prompts.text(prompt, completions.get(i).tokens(), shape.tokenizer()),
                    place,
                    prompt,
                    completions.get(i),
                    seconds));
        }
        Work.SAMPLES.add(samples.size());
        Work.TOKENS.add(tokens(samples));
        return samples;
    }

    /** Tokens of completions. */
    static long tokens(List<RolloutSample> samples) {
        return samples.stream()
                .mapToLong(sample -> sample.completion.tokens().length)
                .sum();
    }

    /** The cells of {@link SampleColumns#ROLLOUT}. */
    private List<@Nullable Object> cells() {
        return new ArrayList<>(Arrays.<@Nullable Object>asList(
                microBatch.round(),
                microBatch.learner(),
                microBatch.step(),
                id,
                text,
                place,
                prompt.text(),
                boxed(prompt.tokens()),
                boxed(completion.tokens()),
                boxed(completion.logProbabilities()),
                completion.ended(),
                seconds));
    }

    /** As rewards are given it. */
    public DrawnSample drawn() {
        return new DrawnSample(text, prompt, completion.tokens(), completion.ended());
    }

    /** As a row of a rollout. */
    Row row() {
        return RowFactory.create(cells().toArray());
    }

    /** As a row of a scored rollout. */
    public Row row(List<RewardColumns> rewards) {
        List<@Nullable Object> cells = cells();
        rewards.forEach(reward -> reward.addScored(cells));
        return RowFactory.create(cells.toArray());
    }

    /** With what rewards say of it. */
    public ScoredSample scored(List<RewardColumns> rewards) {
        return ScoredSample.of(
                microBatch.learner(),
                microBatch.step(),
                id,
                prompt.text(),
                text,
                new Sequence(prompt.tokens(), completion.tokens()),
                completion.logProbabilities(),
                completion.ended(),
                seconds,
                rewards);
    }

    private static Integer[] boxed(int[] values) {
        Integer[] result = new Integer[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = values[i];
        }
        return result;
    }

    private static Float[] boxed(float[] values) {
        Float[] result = new Float[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = values[i];
        }
        return result;
    }
}
