package io.solera.train.learner;

import io.solera.config.DiversityFilterSettings;
import io.solera.config.ReplaySettings;
import io.solera.config.TrainJob;
import io.solera.reward.molecule.smiles.Molecules;
import io.solera.rl.RandomKey;
import io.solera.train.rollout.Experience;
import io.solera.train.rollout.ScoredSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a learner learns from in a step: its rollout, on whose shaped rewards the diversity filter has laid its
 * penalties, then what it is reminded of from its memory.
 *
 * @param drawn how many of the experiences are the rollout, in the order of its samples
 * @param logProbabilities [b][t] of the rollout's tokens, as they were when they were drawn
 * @param factors of the diversity filter, one per sample of the rollout; empty without a filter
 * @param memory for the next step
 */
public record TrainingBatch(
        List<Experience> experiences, int drawn, float[][] logProbabilities, double[] factors, LearnerMemory memory) {
    public static TrainingBatch of(
            TrainJob job, Learner learner, LearnerMemory memory, List<ScoredSample> samples, RandomKey key) {
        ToDoubleFunction<Experience> score = experience -> learner.score(experience.shaped());
        DiversityFilterSettings settings = job.diversityFilter();
        List<Experience> rollout = new ArrayList<>();
        double[] factors = new double[settings == null ? 0 : samples.size()];
        DiversityMemory diversity = memory.diversity();
        if (settings == null) {
            samples.forEach(sample -> rollout.add(sample.experience(1)));
        } else {
            DiversityFilter filter = new DiversityFilter(settings, diversity);
            for (int b = 0; b < factors.length; b++) {
                ScoredSample sample = samples.get(b);
                factors[b] = filter.factor(sample.text(), learner.score(sample.shaped()));
                rollout.add(sample.experience(factors[b]));
            }
            diversity = filter.memory();
        }
        ReplaySettings inception = job.replay();
        List<Experience> experiences = new ArrayList<>(rollout);
        ReplayMemory replay = memory.replay();
        if (inception != null) {
            experiences.addAll(replay.draw(inception.sampleSize(), score, key));
            replay = replay.with(entries(learner, samples, rollout), score, inception.memorySize());
        }
        return new TrainingBatch(
                experiences,
                rollout.size(),
                samples.stream().map(ScoredSample::logProbabilities).toArray(float[][]::new),
                factors,
                new LearnerMemory(diversity, replay));
    }

    /** The samples that are molecules with a score. */
    private static List<ReplayMemory.Entry> entries(
            Learner learner, List<ScoredSample> samples, List<Experience> rollout) {
        List<ReplayMemory.Entry> entries = new ArrayList<>();
        for (int b = 0; b < samples.size(); b++) {
            Experience experience = rollout.get(b);
            if (!Double.isNaN(learner.score(experience.shaped()))) {
                Molecules.canonicalSmiles(samples.get(b).text())
                        .ifPresent(smiles -> entries.add(new ReplayMemory.Entry(smiles, experience)));
            }
        }
        return entries;
    }

    /** Adds what the filter and the memory did to the numbers of the step. */
    public void describe(StepMetrics metrics, TrainJob job) {
        DiversityFilterSettings filter = job.diversityFilter();
        if (filter != null) {
            long penalised = Arrays.stream(factors).filter(factor -> factor < 1).count();
            metrics.put("filter_penalised", (double) penalised / Math.max(1, factors.length));
            metrics.put("filter_molecules", memory.diversity().molecules().size());
            metrics.put("filter_buckets", memory.diversity().buckets().size());
            metrics.put("filter_full_buckets", memory.diversity().full(filter.bucketSize()));
        }
        if (job.replay() != null) {
            metrics.put("replayed", experiences.size() - drawn);
            metrics.put("replay_size", memory.replay().entries().size());
        }
    }
}
