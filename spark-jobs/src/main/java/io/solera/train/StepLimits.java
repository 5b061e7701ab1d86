package io.solera.train;

import io.solera.config.RewardField;
import io.solera.config.RunName;
import io.solera.problem.RunException;
import io.solera.reward.Status;
import io.solera.rl.Setting;
import io.solera.train.learner.LearnerUpdate;
import io.solera.train.learner.LogProbabilityGap;
import io.solera.train.rollout.RewardSet;
import io.solera.train.rollout.TrainingReward;
import java.util.List;

/** Stops a run whose steps are not what training can go on from. */
final class StepLimits {
    private StepLimits() {}

    /**
     * @throws RunException when the policy that an update computed is not the one that the samples were drawn from
     */
    static void checkGap(int round, List<LearnerUpdate> updates, double limit) {
        for (LearnerUpdate update : updates) {
            LogProbabilityGap gap = update.gap();
            if (!(gap.nats() <= limit)) {
                throw new RunException(("Cannot train on: the log-probability of a token was %s nats when it was drawn"
                                + " and is %s in the update (learner %s, round %d, step %d, sample %d, token %d; at"
                                + " most %s apart, see log-probability-limit): the network computes other numbers"
                                + " when it samples than when it trains")
                        .formatted(
                                gap.drawn(),
                                gap.recomputed(),
                                update.learner(),
                                round,
                                update.step() + 1,
                                gap.sample(),
                                gap.token(),
                                Setting.plain(limit)));
            }
        }
    }

    /**
     * @throws BrokenRewardException when more than {@code limit} of a reward's scores in the updates' rollouts timed
     *     out or failed, with the first examples
     */
    static void checkMissing(List<LearnerUpdate> updates, RewardSet rewards, double limit) {
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
