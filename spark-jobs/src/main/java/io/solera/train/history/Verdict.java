package io.solera.train.history;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.solera.config.StopSettings;
import io.solera.config.TrainJob;
import io.solera.store.CommittedRound;
import io.solera.train.evaluation.Collapse;
import io.solera.train.evaluation.Evaluation;
import io.solera.train.evaluation.Measures;
import io.solera.train.learner.LearnerUpdate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a round when it ends: what went wrong in it, and whether the run stops because of it.
 *
 * @param stopped why; null where it goes on
 */
public record Verdict(List<String> warnings, @Nullable String stopped) {
    static final String WARNINGS = "warnings";
    public static final String STOPPED = "stopped";
    /** Nothing is to be said. */
    static final Verdict NONE = new Verdict(List.of(), null);

    public Verdict {
        warnings = List.copyOf(warnings);
    }

    /**
     * Of the rounds' metrics alone, so that a resumed run says and does the same.
     *
     * @param rounds before this one
     * @param result of the evaluation of this one, if there was one
     */
    public static Verdict of(
            TrainJob job,
            List<String> rewards,
            List<CommittedRound> rounds,
            int round,
            List<LearnerUpdate> updates,
            Optional<Evaluation.Result> result) {
        return of(
                rounds.stream().map(CommittedRound::metrics).toList(),
                job,
                round,
                updates,
                result.map(measured -> measured.measures().json(rewards)));
    }

    public static Verdict of(
            List<JsonObject> rounds, TrainJob job, int round, List<LearnerUpdate> updates, Optional<JsonObject> now) {
        List<String> warnings = new ArrayList<>(unlearned(updates));
        if (now.isEmpty()) {
            warnings.addAll(invalidRollouts(rounds, updates));
            return new Verdict(warnings, null);
        }
        JsonObject metrics = new JsonObject();
        metrics.addProperty("round", round);
        metrics.add(RoundKeys.EVALUATION, now.get());
        List<JsonObject> all = new ArrayList<>(rounds);
        all.add(metrics);
        BestRound best = BestRound.of(all, job.bestBy());
        List<String> collapsed = Collapse.of(rounds.get(0).getAsJsonObject(RoundKeys.EVALUATION), now.get());
        if (!collapsed.isEmpty()) {
            warnings.add("the policy has collapsed: %s; the best round so far is %d%s"
                    .formatted(
                            String.join(", ", collapsed),
                            best.round(),
                            Double.isNaN(best.value())
                                    ? ""
                                    : String.format(Locale.ROOT, " (%s %.3f)", best.measure(), best.value())));
        }
        return new Verdict(warnings, stopped(job.stopWhen(), now.get(), collapsed, all, best));
    }

    public boolean stops() {
        return stopped != null;
    }

    public void addTo(JsonObject metrics) {
        if (!warnings.isEmpty()) {
            JsonArray array = new JsonArray();
            warnings.forEach(array::add);
            metrics.add(WARNINGS, array);
        }
        if (stopped != null) {
            metrics.addProperty(STOPPED, stopped);
        }
    }

    private static @Nullable String stopped(
            @Nullable StopSettings when, JsonObject now, List<String> collapsed, List<JsonObject> all, BestRound best) {
        if (when == null) {
            return null;
        }
        if (when.collapse() && !collapsed.isEmpty()) {
            return "collapse: " + String.join(", ", collapsed);
        }
        String below = below("validity-below", Measures.VALIDITY, when.validityBelow(), now);
        below = below == null ? below("uniqueness-below", Measures.UNIQUENESS, when.uniquenessBelow(), now) : below;
        if (below != null) {
            return below;
        }
        double kl = number(now.getAsJsonObject("kl").get("mean"));
        if (when.klAbove() != null && kl > when.klAbove()) {
            return String.format(Locale.ROOT, "kl-above: %s (the KL is %.2f nats per sample)", when.klAbove(), kl);
        }
        Integer rounds = when.noImprovementRounds();
        long since = all.stream()
                .filter(round ->
                        round.has(RoundKeys.EVALUATION) && round.get("round").getAsInt() > best.round())
                .count();
        return rounds != null && since >= rounds
                ? "no-improvement-rounds: %d (the best by %s is round %d)"
                        .formatted(rounds, best.measure(), best.round())
                : null;
    }

    private static @Nullable String below(String key, String share, @Nullable Double least, JsonObject now) {
        double value = number(now.get(share));
        // no molecule at all has no distinct ones either
        boolean low = least != null && (value < least || Double.isNaN(value));
        return low
                ? "%s: %s (%s is %s)"
                        .formatted(key, least, share, Double.isNaN(value) ? "unknown" : Collapse.percent(value))
                : null;
    }

    /** Learners that saw in all steps of the round nothing that tells samples apart. */
    private static List<String> unlearned(List<LearnerUpdate> updates) {
        Map<String, Boolean> learned = new TreeMap<>();
        for (LearnerUpdate update : updates) {
            boolean some = update.advantages().values().stream()
                    .flatMapToDouble(Arrays::stream)
                    .anyMatch(advantage -> !Double.isNaN(advantage) && advantage != 0);
            learned.merge(update.learner(), some, Boolean::logicalOr);
        }
        List<String> none = learned.entrySet().stream()
                .filter(learner -> !learner.getValue())
                .map(Map.Entry::getKey)
                .toList();
        return none.isEmpty()
                ? List.of()
                : List.of("%s learned nothing from rewards: no two samples that were compared had different scores"
                        .formatted(String.join(", ", none)));
    }

    /** Of a round that was not measured: how many of its last rollouts were molecules, against round 0. */
    private static List<String> invalidRollouts(List<JsonObject> rounds, List<LearnerUpdate> updates) {
        int last = updates.stream().mapToInt(LearnerUpdate::step).max().orElse(-1);
        double valid = updates.stream()
                .filter(update -> update.step() == last)
                .mapToDouble(update -> update.metrics().value(Measures.VALIDITY))
                .average()
                .orElse(Double.NaN);
        JsonObject start = rounds.get(0).getAsJsonObject(RoundKeys.EVALUATION);
        double before = start == null ? Double.NaN : number(start.get(Measures.VALIDITY));
        return valid < Collapse.SHARE_LEFT * before
                ? List.of("the policy may have collapsed: validity fell from %s to %s in the round's last rollouts"
                        .formatted(Collapse.percent(before), Collapse.percent(valid)))
                : List.of();
    }

    private static double number(@Nullable JsonElement value) {
        return value == null || value.isJsonNull() ? Double.NaN : value.getAsDouble();
    }
}
