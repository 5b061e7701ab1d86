package io.solera.train;

import io.solera.config.RewardField;
import io.solera.config.TrainJob;
import io.solera.meter.RunMeter;
import io.solera.problem.RunException;
import io.solera.train.evaluation.Collapse;
import io.solera.train.evaluation.Measures;
import io.solera.train.history.RunHistory;
import io.solera.train.history.RunSummary;
import io.solera.train.history.Verdict;
import io.solera.train.learner.LearnerUpdate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports the rounds of a run, each with the share of the work that is done. */
final class RoundProgress implements RunHistory.Listener {
    private final Progress progress;
    private final TrainJob job;
    private final List<String> rewards;
    private @Nullable ExecutionPlan last;

    RoundProgress(Progress progress, TrainJob job, List<String> rewards) {
        this.progress = progress;
        this.job = job;
        this.rewards = rewards;
    }

    void note(String line) {
        progress.note(line);
    }

    /** How the steps of rounds run, when it is not as in the round before. */
    void execution(ExecutionPlan plan) {
        if (!plan.equals(last)) {
            progress.note("Execution: " + plan);
            last = plan;
        }
    }

    void begun(String location, int round) {
        RunMeter.begin();
        RunMeter.set("rounds", job.allRounds());
        progress.begun(location, round, job.allRounds(), rewards);
    }

    void stage(int round, Stage stage) {
        if (!job.stages().isEmpty() && stage.round() == 1) {
            progress.stage(round, stage.name(), stage.rewards());
        }
    }

    void step(int round, int step, List<LearnerUpdate> updates) {
        double share = (step + 1.0) / job.stepsPerRound();
        updates.forEach(update -> step(round, step, update.learner(), shaped(update, rewards), share));
    }

    /**
     * @param shaped the mean of each shaped reward over the learner's rollout
     * @param share of the round's steps that is done
     */
    void step(int round, int step, String learner, List<Double> shaped, double share) {
        double done = (round - 1 + share) / job.allRounds();
        RunMeter.set("progress.round", round);
        RunMeter.set("progress.step", step + 1);
        RunMeter.set("progress.done", done);
        progress.step(round, learner, step + 1, job.stepsPerRound(), shaped, done);
    }

    /** The mean of each shaped reward over an update's rollout. */
    static List<Double> shaped(LearnerUpdate update, List<String> rewards) {
        return rewards.stream()
                .map(name -> update.metrics().value(RewardField.SHAPED.of(name)))
                .toList();
    }

    void evaluated(int round, Measures measures) {
        progress.evaluated(
                round,
                measures.rewards().values().stream()
                        .map(reward -> reward.shaped().mean())
                        .toList(),
                measures.success() == null ? Double.NaN : measures.success().mean(),
                measures.hypervolume().mean(),
                Collapse.orNone(measures.validity()),
                (double) round / job.allRounds());
    }

    void verdict(int round, Verdict verdict) {
        verdict.warnings().forEach(text -> progress.warning(round, text));
        if (verdict.stopped() != null) {
            progress.stopped(round, verdict.stopped());
        }
    }

    void committed(int round) {
        progress.committed(round);
    }

    /** @throws RunException if the run was asked to stop; what is committed so far is kept */
    void checkStop(int round) {
        progress.stop().check("after round %d of %d".formatted(round, job.allRounds()));
    }

    @Override
    public void written(int round) {
        progress.written(round);
    }

    @Override
    public void failed(int round, String why) {
        progress.warning(
                round,
                "%s or %s was not written: %s (the run continues; its end writes them again)"
                        .formatted(RunHistory.METRICS, RunSummary.FILE, why));
    }
}
