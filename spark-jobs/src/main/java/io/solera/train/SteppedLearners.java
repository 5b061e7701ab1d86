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

/**
 * How far the tasks of a fused round are, for the console: a task leaves the means of a step's rewards in the round's
 * work folder, a few bytes that nothing else depends on. A step is reported when all learners have made it.
 */
final class SteppedLearners {
    private final RoundSteps steps;
    private final RoundSteps.Round round;
    private int reported;

    SteppedLearners(RoundSteps steps, RoundSteps.Round round) {
        this.steps = steps;
        this.round = round;
    }

    /** Steps that were reported so far. */
    int reported() {
        return reported;
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

    /** Reports what is new. */
    void look() throws IOException {
        WorkFolder work = round.store().work();
        while (reported < steps.job().stepsPerRound()) {
            Map<String, List<Double>> means = new LinkedHashMap<>();
            for (Learner learner : round.learners()) {
                String object = object(learner.name(), reported);
                if (!work.exists(object)) {
                    return;
                }
                try (InputStream in = work.open(object)) {
                    List<Double> ofLearner = new ArrayList<>();
                    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    for (JsonElement mean : JsonParser.parseString(text).getAsJsonArray()) {
                        ofLearner.add(Double.valueOf(mean.getAsString()));
                    }
                    means.put(learner.name(), ofLearner);
                }
            }
            int step = reported++;
            means.forEach((learner, ofLearner) -> steps.progress().step(round.number(), step, learner, ofLearner));
        }
    }

    private static String object(String learner, int step) {
        return learner + "/steps/" + step;
    }
}
