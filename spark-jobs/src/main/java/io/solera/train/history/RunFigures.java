package io.solera.train.history;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.solera.config.RewardField;
import io.solera.config.RunName;
import io.solera.meter.RunMeter;
import io.solera.reward.Status;
import io.solera.train.evaluation.Measures;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * What Spark's metrics system shows of a run's committed rounds: totals, which are the sums of {@code metrics.jsonl},
 * and figures of the last round and the last evaluation.
 */
public final class RunFigures {
    private RunFigures() {}

    /**
     * Adds a round.
     *
     * @param rewards whose means and missing values are shown
     */
    public static void take(RoundRecord record, List<String> rewards) {
        List<JsonObject> steps = record.steps() == null ? List.of() : record.steps();
        RunMeter.set("round", record.round());
        RunMeter.add("seconds", record.seconds());
        RunMeter.add("steps", steps.size());
        for (RunName total : List.of(RunName.SAMPLES, RunName.TOKENS)) {
            double sum = steps.stream()
                    .mapToDouble(step -> number(step, total.text()))
                    .filter(Double::isFinite)
                    .sum();
            RunMeter.add(total.text(), sum);
            if (!steps.isEmpty()) {
                RunMeter.set(total.text() + "_per_second", sum / record.seconds());
            }
        }
        for (String reward : rewards) {
            for (Status reason : Status.values()) {
                String key = RewardField.missing(reward, reason.text());
                steps.stream()
                        .mapToDouble(step -> number(step, key))
                        .filter(Double::isFinite)
                        .forEach(count -> RunMeter.add("missing." + key, count));
            }
        }
        last(steps, rewards);
        blended(record.blend());
        evaluated(record.evaluation());
        if (record.heldOutLoss() != null) {
            set("held_out_loss", record.heldOutLoss());
        }
    }

    /** Means over the learners, of the last step of a round. */
    private static void last(List<JsonObject> steps, List<String> rewards) {
        double number = steps.stream()
                .mapToDouble(step -> number(step, StepKeys.STEP))
                .max()
                .orElse(Double.NaN);
        List<JsonObject> last = steps.stream()
                .filter(step -> number(step, StepKeys.STEP) == number)
                .toList();
        for (RunName figure : List.of(RunName.LOSS, RunName.KL)) {
            set(figure.text(), values(last, figure.text()).average().orElse(Double.NaN));
        }
        set(
                RunName.LOWEST_COSINE.text(),
                values(last, RunName.LOWEST_COSINE.text()).min().orElse(Double.NaN));
        for (String reward : rewards) {
            for (RewardField field : List.of(RewardField.RAW, RewardField.SHAPED)) {
                set(
                        "reward." + field.of(reward),
                        values(last, field.of(reward)).average().orElse(Double.NaN));
            }
        }
    }

    private static void blended(@Nullable JsonObject blend) {
        if (blend == null || !blend.has("experts")) {
            return;
        }
        List<JsonElement> experts = blend.getAsJsonArray("experts").asList();
        List<JsonElement> drift = blend.getAsJsonArray("drift").asList();
        List<Double> cosines = new ArrayList<>();
        for (int i = 0; i < experts.size(); i++) {
            set("drift." + experts.get(i).getAsString(), number(drift.get(i)));
            for (int j = 0; j < i; j++) {
                cosines.add(number(
                        blend.getAsJsonArray("cosines").get(i).getAsJsonArray().get(j)));
            }
        }
        RunMeter.set("policy_drift", number(blend, "policy_drift"));
        cosines.stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .min()
                .ifPresent(least -> RunMeter.set(RunName.LOWEST_COSINE.text(), least));
    }

    private static void evaluated(@Nullable Measures measures) {
        if (measures == null) {
            return;
        }
        measures.rewards().forEach((name, reward) -> {
            RunMeter.set("evaluation." + RewardField.RAW.of(name), reward.raw().mean());
            RunMeter.set(
                    "evaluation." + RewardField.SHAPED.of(name), reward.shaped().mean());
        });
        RunMeter.add("evaluation.samples", measures.samples());
        RunMeter.set("evaluation.kl", measures.kl().mean());
        RunMeter.set("evaluation.hypervolume", measures.hypervolume().mean());
        if (measures.success() != null) {
            RunMeter.set("evaluation.success", measures.success().mean());
        }
        if (measures.validity() != null) {
            RunMeter.set("evaluation.validity", measures.validity());
        }
    }

    /** What a job does not have is not shown. */
    private static void set(String name, double value) {
        if (Double.isFinite(value) || Double.isFinite(RunMeter.value(name))) {
            RunMeter.set(name, value);
        }
    }

    private static DoubleStream values(List<JsonObject> steps, String key) {
        return steps.stream().mapToDouble(step -> number(step, key)).filter(Double::isFinite);
    }

    private static double number(JsonObject json, String key) {
        return number(json.get(key));
    }

    /** NaN where there is no number. */
    private static double number(@Nullable JsonElement value) {
        return value != null
                        && value.isJsonPrimitive()
                        && value.getAsJsonPrimitive().isNumber()
                ? value.getAsDouble()
                : Double.NaN;
    }
}
