package io.solera.train.history;

import io.solera.rl.measure.Interval;
import io.solera.train.evaluation.Measures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where the rewards that are trained on and an observed one part, by two evaluations: a trained reward's shaped mean
 * has risen since round 0, and the observed one's has fallen, each so far that its 95 % interval is apart from that of
 * round 0. The policy may then exploit what it is trained on.
 */
final class Parting {
    private Parting() {}

    /**
     * A phrase for each observed reward that has parted now, and had not in the evaluation before.
     *
     * @param before the last evaluation before this one; null where round 0 is
     */
    static List<String> of(Measures start, @Nullable Measures before, Measures now) {
        List<String> known = before == null ? List.of() : fallen(start, before);
        List<String> risen = risen(start, now);
        List<String> phrases = new ArrayList<>();
        for (String observed : fallen(start, now)) {
            if (!known.contains(observed)) {
                phrases.add(
                        "observed %s fell while %s rose (95 %% intervals apart from round 0): the policy may exploit"
                                        .formatted(
                                                change(observed, start, now),
                                                risen.stream()
                                                        .map(name -> change(name, start, now))
                                                        .collect(Collectors.joining(", ")))
                                + " what it is trained on");
            }
        }
        return phrases;
    }

    /** Observed rewards that fell; none where no trained one rose. */
    private static List<String> fallen(Measures start, Measures now) {
        List<String> observed = now.observed() == null ? List.of() : now.observed();
        return risen(start, now).isEmpty()
                ? List.of()
                : observed.stream()
                        .filter(name ->
                                shaped(now, name).high() < shaped(start, name).low())
                        .toList();
    }

    private static List<String> risen(Measures start, Measures now) {
        List<String> observed = now.observed() == null ? List.of() : now.observed();
        return now.rewards().keySet().stream()
                .filter(name -> !observed.contains(name))
                .filter(name -> shaped(now, name).low() > shaped(start, name).high())
                .toList();
    }

    private static Interval shaped(Measures of, String name) {
        return of.reward(name).shaped();
    }

    private static String change(String name, Measures start, Measures now) {
        return String.format(
                Locale.ROOT,
                "%s %.3f -> %.3f",
                name,
                shaped(start, name).mean(),
                shaped(now, name).mean());
    }
}
