package io.solera.plan;

import io.solera.checkpoint.NetworkConfig;
import io.solera.config.RunName;
import io.solera.config.TrainJob;
import io.solera.lang.EnumText;
import io.solera.problem.RunException;
import io.solera.train.RunInputs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/**
 * Rates from short runs of a job's own pieces, a few rounds each, in which one thing differs at a time: how often a
 * rollout is learned from, the size of minibatches and micro-batches, the steps of a round, the way that steps run, and
 * how many tasks run at once. A rate is the difference of two of them.
 */
public final class Calibration {
    private static final int ROUNDS = 3;

    /** Samples of a step, and of an evaluation. */
    private final int samples;

    private final int microBatch;
    private final Trials trials;
    private final TrainJob job;
    private final Consumer<String> note;

    private Calibration(TrainJob job, Trials trials, Consumer<String> note) {
        this.job = job;
        this.trials = trials;
        this.note = note;
        int group = 4 * (job.prompts() == null ? 1 : job.prompts().samplesPerPrompt());
        int wanted = Math.max(4 * job.updateBatch(), job.microBatch());
        samples = (wanted + group - 1) / group * group;
        microBatch = Math.min(job.microBatch(), samples);
    }

    /**
     * @param yaml of the job
     * @param inputs of it
     * @param note prints what is measured
     */
    public static Rates measure(
            SparkSession spark, String yaml, List<String> overrides, RunInputs inputs, Consumer<String> note)
            throws IOException {
        NetworkConfig network = inputs.reference().config();
        TrainJob job = TrainJob.read(yaml, overrides, network.contextLength());
        // a preset may refuse what short runs set, such as their rounds, and costs what its mode does
        List<String> plain = List.of("method=" + job.plainMethod());
        try (Trials trials = new Trials(spark, job.text(), plain, inputs)) {
            return new Calibration(job, trials, note).rates(network);
        }
    }

    /** A run of one learner, and what it has other than a step of one minibatch, fused in one task. */
    private record ShortJob(
            String name,
            int steps,
            int epochs,
            int minibatches,
            int microBatch,
            int evaluated,
            String execution,
            int partitions,
            int shards) {
        ShortJob(String name, int steps, int epochs, int minibatches, int microBatch, int evaluated) {
            this(name, steps, epochs, minibatches, microBatch, evaluated, "fused", 1, 1);
        }

        ShortJob staged(int tasks) {
            return new ShortJob(name, steps, epochs, minibatches, microBatch, evaluated, "staged", tasks, shards);
        }

        ShortJob sharded(int tasks) {
            return new ShortJob(name, steps, epochs, minibatches, microBatch, evaluated, execution, partitions, tasks);
        }

        List<String> settings(int samples) {
            List<String> settings = new ArrayList<>(List.of(
                    "stages=[]",
                    "rounds=" + ROUNDS,
                    "steps-per-round=" + steps,
                    "experts-per-round=1",
                    "shards=" + shards,
                    "samples-per-step=" + shards * samples,
                    "micro-batch=" + microBatch,
                    "algorithm.epochs=" + epochs,
                    "algorithm.minibatches=" + minibatches,
                    "evaluation.samples=" + evaluated,
                    "evaluation.round-samples=" + evaluated,
                    "missing-limit=1",
                    "execution=" + execution));
            if (shards == 1) {
                settings.add("partitions=" + partitions);
            }
            return settings;
        }
    }

    private Trial run(ShortJob one) throws IOException {
        note.accept(one.name());
        Trial trial = trials.run(one.settings(samples));
        if (trial.rounds().isEmpty() || trial.samples() == 0) {
            throw new RunException("Cannot calibrate: no round of a short run has trained (%s)".formatted(one.name()));
        }
        return trial;
    }

    private Rates rates(NetworkConfig network) throws IOException {
        run(new ShortJob("warming up", 2, 1, 2, microBatch, samples));
        Trial one = run(new ShortJob("a step", 1, 1, 1, microBatch, samples));
        double[] oneBytes = trials.moved();
        int quarter = Math.max(1, microBatch / 4);
        Trial more = run(new ShortJob("more epochs, small micro-batches", 1, 3, 1, quarter, samples));
        Trial minibatches = run(new ShortJob("minibatches, a larger evaluation", 1, 1, 4, microBatch, 4 * samples));
        double[] evaluatedBytes = trials.moved();
        Trial four = run(new ShortJob("four steps", 4, 1, 1, microBatch, samples));
        double[] fourBytes = trials.moved();
        Trial staged = run(new ShortJob("four staged steps", 4, 1, 1, microBatch, samples).staged(1));
        double[] stagedBytes = trials.moved();
        Trial shared = run(new ShortJob("shared steps", 2, 1, 2, microBatch, samples).staged(2));
        Load load = Load.of(one.job(), network).get(0);
        double tokens = (one.tokens() + four.tokens()) / (one.samples() + four.samples());

        // generation: g0 + g1 tokens, of whole micro-batches and of quarters; none of the two is below 0
        double large = (one.sum(RunName.GENERATION_SECONDS) + four.sum(RunName.GENERATION_SECONDS))
                / (one.samples() + four.samples());
        double small = more.sum(RunName.GENERATION_SECONDS) / more.samples();
        double perMicroBatch = Math.min(
                large * microBatch,
                Math.max(0, (small - large) / (1.0 / more.job().microBatch() - 1.0 / microBatch)));
        double perToken = (large - perMicroBatch / microBatch) / tokens;

        // an update: (passes s + e g) tokens + e b p
        double update = (one.update() + 4 * four.update()) / 5;
        double optimizerStep = Math.max(0, (minibatches.update() - update) / 3);
        double rollout = samples * tokens;
        double gradient = Math.max(0, ((more.update() - update) / 2 - optimizerStep) / rollout);
        double seen = Math.max(0, (update - optimizerStep) / rollout - gradient) / load.passes();

        Map<String, Double> scoring = new LinkedHashMap<>();
        for (String reward : job.rewards().keySet()) {
            scoring.put(reward, (one.scoring(reward) + four.scoring(reward)) / 2);
        }
        Rates tasks = new Rates(
                "a calibration on %d cores, model %s".formatted(trials.cores(), job.model()),
                trials.cores(),
                EnumText.of(job.algorithm().name()),
                load.parameters(),
                load.trained(),
                load.gradients(),
                tokens,
                load.tokens(),
                perMicroBatch,
                perToken,
                scoring,
                seen,
                gradient,
                optimizerStep,
                Rates.Rest.NOTHING,
                slowdown(one),
                new Rates.Moved(
                        trials.compression(),
                        Rates.Moved.TYPICAL.task(),
                        (evaluatedBytes[0] - oneBytes[0]) / ((ROUNDS + 1) * 3.0 * samples),
                        (fourBytes[0] - oneBytes[0]) / (ROUNDS * 3.0 * samples),
                        stagedBytes[1] / (ROUNDS * 4.0 * samples)),
                trials.memory(network));
        return withRest(tasks, load, one, minibatches, four, staged, shared);
    }

    /** What is left of rounds and evaluations without their tasks. */
    private Rates withRest(Rates tasks, Load load, Trial one, Trial minibatches, Trial four, Trial staged, Trial shared)
            throws IOException {
        Cluster alone = new Cluster(1, 1, 1, 1, List.of(1.0));
        double ofFew = one.evaluation() - RoundTime.evaluation(load, tasks, alone, samples);
        double ofMany = minibatches.evaluation() - RoundTime.evaluation(load, tasks, alone, 4 * samples);
        double perEvaluated = Math.max(0, (ofMany - ofFew) / (3 * samples));
        double ofOne = rest(one, 1);
        double perRow = Math.max(0, (rest(four, 1) - ofOne) / (3 * samples));
        double perRound = Math.max(0, ofOne - perRow * samples);
        double perStaged = Math.max(0, (rest(staged, 1) - perRound - 4 * samples * perRow) / 4);
        int atOnce = Math.min(2, trials.slots());
        double perShared = Math.max(0, (rest(shared, atOnce) - perRound - 2 * samples * perRow) / (2 * 4));
        double perEvaluation = Math.max(0, ofFew - perEvaluated * samples);
        return tasks.with(new Rates.Rest(perEvaluation, perEvaluated, perRound, perRow, perStaged, perShared));
    }

    /** Seconds of a round without its evaluation and its tasks. */
    private static double rest(Trial trial, int atOnce) throws IOException {
        return trial.round() - trial.tasks() / trial.rounds().size() / atOnce;
    }

    /** h: seconds of a task next to others, as shards of one learner are, over those of one alone. */
    private List<Double> slowdown(Trial alone) throws IOException {
        List<Double> slowdown = new ArrayList<>(List.of(1.0));
        int most = Math.min(trials.slots(), trials.cores());
        double each = alone.tasks() / alone.samples();
        for (int tasks = 2; tasks <= most; tasks = Math.min(2 * tasks, Math.max(most, tasks + 1))) {
            Trial together = run(new ShortJob(tasks + " tasks at once", 1, 1, 1, microBatch, samples).sharded(tasks));
            double ratio = Math.max(1, together.tasks() / together.samples() / each);
            double before = slowdown.get(slowdown.size() - 1);
            int from = slowdown.size();
            for (int q = from + 1; q <= tasks; q++) {
                slowdown.add(before + (ratio - before) * (q - from) / (tasks - from));
            }
            if (tasks == most) {
                break;
            }
        }
        return slowdown;
    }
}
