package io.solera.train;

import io.solera.config.RewardField;
import io.solera.config.RunName;
import io.solera.reward.Status;
import io.solera.train.learner.LearnerUpdate;
import io.solera.train.rollout.RewardSet;
import io.solera.train.rollout.TrainingReward;
import java.util.List;

/** Stops a run whose rewards break down more often than the job allows. */
public final class MissingLimit {
    private MissingLimit() {}

    /**
     * @throws BrokenRewardException when more than {@code limit} of a reward's scores in the updates' rollouts timed
     *     out or failed, with the first examples
     */
    static void check(List<LearnerUpdate> updates, RewardSet rewards, double limit) {
        for (TrainingReward line : rewards.lines()) {
            double broken = 0;
            double samples = 0;
            for (LearnerUpdate update : updates) {
                samples += update.metrics().value(RunName.SAMPLES.text());
                for (Status status : new Status[] {Status.TIMED_OUT, Status.FAILED}) {
                    double count = update.metrics().value(RewardField.missing(line.name(), status.text()));
                    broken += Double.isNaN(count) ? 0 : count;
                }
            }
            if (broken > limit * samples) {
                List<String> problems = line.reward().problems();
                throw new BrokenRewardException(("Cannot train on %s: %.0f of %.0f scores timed out or failed"
                                + " (at most %.0f %% may, see missing-limit)%s")
                        .formatted(
                                line.name(),
                                broken,
                                samples,
                                100 * limit,
                                problems.isEmpty() ? "" : "; " + String.join("; ", problems)));
            }
        }
    }
}
