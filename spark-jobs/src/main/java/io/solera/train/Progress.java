package io.solera.train;

import io.solera.problem.StopRequest;
import java.util.List;

/** Receives the progress events of a run, which may ask it to stop. */
public interface Progress {
    /** That nobody watches. */
    Progress SILENT = new Progress() {};

    /** The run starts, or resumes after {@code round} committed rounds. */
    default void begun(String location, int round, int rounds, List<String> rewards) {}

    /** Something that whoever started the run should know, in one line. */
    default void note(String line) {}

    /** A stage begins with this round, in a job that has stages. */
    default void stage(int round, String name, List<String> rewards) {}

    /**
     * A learner has made a step.
     *
     * @param shaped the mean of each shaped reward over its rollout
     * @param done share of the run's work that is done, on [0, 1]
     */
    default void step(int round, String learner, int step, int steps, List<Double> shaped, double done) {}

    /**
     * A policy has been measured; round 0 is the policy that the run starts from.
     *
     * @param success NaN where no reward states a threshold
     * @param validity NaN where samples are not molecules
     */
    default void evaluated(
            int round, List<Double> shaped, double success, double hypervolume, double validity, double done) {}

    /** Something that a user should know of a round. */
    default void warning(int round, String text) {}

    /** The run stops after this round, before its last one, as the job asks. */
    default void stopped(int round, String why) {}

    /** A round is committed. */
    default void committed(int round) {}

    /** Looked at between rounds. */
    default StopRequest stop() {
        return StopRequest.NEVER;
    }

    /** The files that are made from the rounds include this one; called in the background. */
    default void written(int round) {}
}
