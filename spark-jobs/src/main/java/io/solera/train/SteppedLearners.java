package io.solera.train;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.solera.store.WorkFolder;
import io.solera.train.learner.Learner;
import io.solera.train.learner.LearnerUpdate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How far the tasks of a fused round are, for the console: a task leaves the means of a step's rewards in the round's
 * work folder, a few bytes that nothing else depends on.
 */
final class SteppedLearners {
    private final RoundSteps steps;
    private final RoundSteps.Round round;
    private final Map<String, Integer> reported = new LinkedHashMap<>();
    private int done;

    SteppedLearners(RoundSteps steps, RoundSteps.Round round) {
        this.steps = steps;
        this.round = round;
        round.learners().forEach(learner -> reported.put(learner.name(), 0));
    }

    /** Says, in the task, that a learner has made a step. */
    static void tell(WorkFolder work, LearnerUpdate update, List<String> rewards) throws IOException {
        JsonArray means = new JsonArray();
        // JSON has no number for a mean of nothing
        RoundProgress.shaped(update, rewards).forEach(mean -> means.add(Double.toString(mean)));
        work.writeOnce(
                object(update.learner(), update.step()),
                out -> out.write(means.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** Reports what tasks have told since. */
    void look() throws IOException {
        WorkFolder work = round.store().work();
        for (Learner learner : round.learners()) {
            String name = learner.name();
            while (isNext(name, Objects.requireNonNull(reported.get(name))) && work.exists(next(name))) {
                try (InputStream in = work.open(next(name))) {
                    List<Double> means = new ArrayList<>();
                    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    for (JsonElement mean : JsonParser.parseString(text).getAsJsonArray()) {
                        means.add(Double.valueOf(mean.getAsString()));
                    }
                    report(name, means);
                }
            }
        }
    }

    /** Reports a step of all learners, but for those that were reported. */
    void report(int step, List<LearnerUpdate> made) {
        for (LearnerUpdate update : made) {
            if (isNext(update.learner(), step)) {
                report(
                        update.learner(),
                        RoundProgress.shaped(update, steps.rewards().value().names()));
            }
        }
    }

    private boolean isNext(String learner, int step) {
        return Objects.requireNonNull(reported.get(learner)) == step
                && step < steps.job().stepsPerRound();
    }

    private void report(String learner, List<Double> means) {
        int step = Objects.requireNonNull(reported.merge(learner, 1, Integer::sum)) - 1;
        double share = ++done / ((double) steps.job().stepsPerRound() * reported.size());
        steps.progress().step(round.number(), step, learner, means, share);
    }

    private String next(String learner) {
        return object(learner, Objects.requireNonNull(reported.get(learner)));
    }

    private static String object(String learner, int step) {
        return learner + "/steps/" + step;
    }
}
