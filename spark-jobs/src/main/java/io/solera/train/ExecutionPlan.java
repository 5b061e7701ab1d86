package io.solera.train;

import io.solera.config.Execution;
import io.solera.config.OptimizerSettings;
import io.solera.config.TrainJob;
import io.solera.reward.catalogue.RewardCatalogue;
import java.util.Locale;

/**
 * Which way the steps of a round run, and why; no part of the result.
 *
 * @param reason in words, for the console
 */
public record ExecutionPlan(Way way, String reason) {
    /** Where the steps of a round run. */
    public enum Way {
        /** {@link FusedSteps}. */
        FUSED,
        /** {@link StagedSteps}. */
        STAGED,
        /** {@link SharedSteps} with what is trained on the driver. */
        SHARED,
        /** {@link SharedSteps} with what is trained block by block in the work folder. */
        BLOCKS
    }

    /** A round of whole learners wastes at most this share of the slots' time. */
    private static final double WASTE = 0.1;

    /** The part of the driver's heap that learners may take in shared steps. */
    private static final double SHARE = 0.25;

    /**
     * @param learners that train in the round
     * @param slots tasks that run at a time
     * @param scoredApart whether rewards are scored on other slots than networks run on
     * @param trainedSize numbers that a learner trains
     */
    public static ExecutionPlan of(TrainJob job, int learners, int slots, boolean scoredApart, long trainedSize) {
        int waves = (learners + slots - 1) / slots;
        double busy = (double) learners / ((long) waves * slots);
        String tasks = "%d %s on %d %s".formatted(learners, plural("learner", learners), slots, plural("slot", slots));
        long trained = trainedSize * Float.BYTES;
        // theta and two moments of each, then what is sent out, and the sums of a minibatch on their way in
        boolean fits = learners * trained <= (long) job.memory().driverMib() << 20
                && (3L * learners + 4) * trained <= SHARE * Runtime.getRuntime().maxMemory();
        if (job.execution() == Execution.FUSED) {
            return new ExecutionPlan(Way.FUSED, "the job says so");
        }
        boolean keeps = job.optimizer().moments() == OptimizerSettings.Moments.KEEP;
        if (job.execution() == Execution.AUTO && scoredApart) {
            return staged(busy, fits, keeps, "rewards are scored on slots of their own; " + tasks);
        }
        if (job.execution() == Execution.AUTO && outside(job)) {
            return staged(busy, fits, keeps, "a reward asks a program or a service; " + tasks);
        }
        if (job.execution() == Execution.AUTO && busy >= 1 - WASTE) {
            return new ExecutionPlan(
                    Way.FUSED, tasks + (learners == 1 ? " keeps " : " keep ") + (slots == 1 ? "it busy" : "them busy"));
        }
        return staged(busy, fits, keeps, tasks);
    }

    private static ExecutionPlan staged(double busy, boolean fits, boolean keepsMoments, String tasks) {
        String share =
                String.format(Locale.ROOT, "%s, of which a task each would keep %.0f %% busy", tasks, 100 * busy);
        if (busy >= 1 - WASTE) {
            return new ExecutionPlan(Way.STAGED, share);
        }
        if (fits) {
            return new ExecutionPlan(Way.SHARED, share);
        }
        String more = share + "; what they train is more than memory.driver-mib, or a quarter of the driver's heap";
        return keepsMoments
                ? new ExecutionPlan(Way.STAGED, more + ", and moments are kept")
                : new ExecutionPlan(Way.BLOCKS, more);
    }

    private static boolean outside(TrainJob job) {
        return job.rewards().entrySet().stream()
                .flatMap(reward -> reward.getValue().entry(reward.getKey()).stream())
                .anyMatch(entry -> RewardCatalogue.isOutside(entry.name()));
    }

    private static String plural(String word, int count) {
        return count == 1 ? word : word + "s";
    }

    /** Whether the tasks of all slots share each update. */
    public boolean isShared() {
        return way == Way.SHARED || way == Way.BLOCKS;
    }

    @Override
    public String toString() {
        return way.name().toLowerCase(Locale.ROOT) + " (" + reason + ")";
    }
}
