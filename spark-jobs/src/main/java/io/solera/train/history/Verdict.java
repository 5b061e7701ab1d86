package io.solera.train.history;

import io.solera.config.RunName;
import io.solera.config.StopSettings;
import io.solera.config.TrainJob;
import io.solera.train.evaluation.Collapse;
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
 * @param stopped why; null where it continues
 */
public record Verdict(List<String> warnings, @Nullable String stopped) {
    /** Nothing is to be said. */
    static final Verdict NONE = new Verdict(List.of(), null);

    public Verdict {
        warnings = List.copyOf(warnings);
    }

    /**
     * Of the rounds' metrics alone, so that a resumed run says and does the same.
     *
     * @param rounds before this one
     * @param now what this one was measured to be, if it was
     */
    public static Verdict of(
            List<RoundRecord> rounds, TrainJob job, int round, List<LearnerUpdate> updates, Optional<Measures> now) {
        List<String> warnings = new ArrayList<>(unlearned(updates));
        Measures start = rounds.get(0).evaluation();
        if (now.isEmpty()) {
            warnings.addAll(invalidRollouts(start, updates));
            return new Verdict(warnings, null);
        }
        BestRound best = BestRound.of(rounds, job.bestBy()).or(round, now.get(), job.bestBy());
        List<String> collapsed = start == null ? List.of() : Collapse.of(start, now.get());
        if (!collapsed.isEmpty()) {
            warnings.add("the policy has collapsed: %s; the best round so far is %d%s"
                    .formatted(
                            String.join(", ", collapsed),
                            best.round(),
                            Double.isNaN(best.value())
                                    ? ""
                                    : String.format(Locale.ROOT, " (%s %.3f)", best.measure(), best.value())));
        }
        if (start != null) {
            warnings.addAll(Parting.of(start, lastMeasured(rounds), now.get()));
        }
        return new Verdict(
                warnings, stopped(job.stopWhen(), now.get(), collapsed, measuredSince(best, rounds, round), best));
    }

    private static @Nullable Measures lastMeasured(List<RoundRecord> rounds) {
        Measures last = null;
        for (RoundRecord round : rounds) {
            last = round.evaluation() == null ? last : round.evaluation();
        }
        return last;
    }

    public boolean stops() {
        return stopped != null;
    }

    /** How many rounds were measured after the best one, this one among them. */
    private static long measuredSince(BestRound best, List<RoundRecord> rounds, int now) {
        return rounds.stream()
                        .filter(round -> round.evaluation() != null && round.round() > best.round())
                        .count()
                + (now > best.round() ? 1 : 0);
    }

    private static @Nullable String stopped(
            @Nullable StopSettings when, Measures now, List<String> collapsed, long since, BestRound best) {
        if (when == null) {
            return null;
        }
        if (when.collapse() && !collapsed.isEmpty()) {
            return "collapse: " + String.join(", ", collapsed);
        }
        String below = below("validity-below", "validity", when.validityBelow(), Collapse.orNone(now.validity()));
        below = below == null
                ? below("uniqueness-below", "uniqueness", when.uniquenessBelow(), now.uniqueness())
                : below;
        if (below != null) {
            return below;
        }
        double kl = now.kl().mean();
        if (when.klAbove() != null && kl > when.klAbove()) {
            return String.format(Locale.ROOT, "kl-above: %s (the KL is %.2f nats per sample)", when.klAbove(), kl);
        }
        Integer rounds = when.noImprovementRounds();
        return rounds != null && since >= rounds
                ? "no-improvement-rounds: %d (the best by %s is round %d)"
                        .formatted(rounds, best.measure(), best.round())
                : null;
    }

    private static @Nullable String below(String key, String share, @Nullable Double least, double value) {
        // no molecule at all has no distinct ones either
        boolean low = least != null && (value < least || Double.isNaN(value));
        return low
                ? "%s: %s (%s is %s)"
                        .formatted(key, least, share, Double.isNaN(value) ? "unknown" : Collapse.percent(value))
                : null;
    }

    /** Learners for which no step of the round distinguished samples. */
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
    private static List<String> invalidRollouts(@Nullable Measures start, List<LearnerUpdate> updates) {
        int last = updates.stream().mapToInt(LearnerUpdate::step).max().orElse(-1);
        double valid = updates.stream()
                .filter(update -> update.step() == last)
                .mapToDouble(update -> update.metrics().value(RunName.VALIDITY.text()))
                .average()
                .orElse(Double.NaN);
        double before = start == null ? Double.NaN : Collapse.orNone(start.validity());
        return valid < Collapse.SHARE_LEFT * before
                ? List.of("the policy may have collapsed: validity fell from %s to %s in the round's last rollouts"
                        .formatted(Collapse.percent(before), Collapse.percent(valid)))
                : List.of();
    }
}
