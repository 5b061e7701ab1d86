package io.solera.train.rollout;

import io.solera.checkpoint.Policy;
import io.solera.cluster.TaskEnd;
import io.solera.meter.Work;
import io.solera.model.Completion;
import io.solera.model.SamplingSettings;
import io.solera.rl.BlockVector;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A sample of a learner's rollout, before it is scored.
 *
 * @param id in its learner's rollout
 * @param text that rewards score
 * @param place of the prompt
 * @param seconds that drawing it took, an equal share of its micro-batch's
 */
public record RolloutSample(
        int round,
        String learner,
        int step,
        long id,
        String text,
        int place,
        Prompt prompt,
        Completion completion,
        float seconds)
        implements Serializable {
    /** Draws a micro-batch from the policy of this shape with these parameters. */
    public static List<RolloutSample> of(
            MicroBatch microBatch, Policy shape, BlockVector parameters, Prompts prompts, SamplingSettings sampling) {
        TaskEnd.check();
        long begun = System.nanoTime();
        List<Completion> completions = microBatch.from(shape, parameters, prompts, sampling);
        float seconds = (float) ((System.nanoTime() - begun) / 1e9 / completions.size());
        List<RolloutSample> samples = new ArrayList<>();
        for (int i = 0; i < completions.size(); i++) {
            int place = microBatch.places()[i];
            Prompt prompt = prompts.all().get(place);
            samples.add(new RolloutSample(
                    microBatch.round(),
                    microBatch.learner(),
                    microBatch.step(),
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

    /** As rewards are given it. */
    DrawnSample drawn() {
        return new DrawnSample(text, prompt, completion.tokens(), completion.ended());
    }
}
