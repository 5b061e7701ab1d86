package io.solera.train.history;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.solera.checkpoint.file.Folder;
import io.solera.rl.measure.Interval;
import io.solera.rl.measure.InverseVariation;
import io.solera.store.CommittedRound;
import io.solera.store.DamagedRunException;
import io.solera.store.RecordJson;
import io.solera.train.evaluation.Measures;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code summary.json}: the run before its first round and after its last, made from the rounds' metrics.
 *
 * @param status {@code running}, {@code done} or {@code stopped}
 * @param method as the job names it; null in summaries of versions that did not say
 * @param rounds the last one
 * @param success null where no reward states a threshold
 * @param domain null where no reward has one
 * @param validity null where samples are not molecules; so is the novelty
 * @param before the measures of round 0
 * @param after those of the last round that was measured
 * @param stopped why the run ended before its last round
 */
public record RunSummary(
        String status,
        @Nullable String method,
        double seconds,
        int rounds,
        String policySha256,
        Map<String, Change> rewards,
        @Nullable Success success,
        Volumes hypervolume,
        @Nullable Domains domain,
        @Nullable Double validity,
        double uniqueness,
        @Nullable Double novelty,
        InverseVariation icv,
        Measures before,
        Measures after,
        Best best,
        List<Warning> warnings,
        Optional<String> stopped) {
    public static final String FILE = "summary.json";

    /** Reads the summary of a run. */
    public static RunSummary read(Folder folder) throws IOException {
        return RecordJson.read(json(folder), RunSummary.class, folder.location() + "/" + FILE);
    }

    /** Reads what the summary of every run has. */
    public static Head head(Folder folder) throws IOException {
        return RecordJson.read(json(folder), Head.class, folder.location() + "/" + FILE);
    }

    private static JsonObject json(Folder folder) throws IOException {
        try (Reader in = new InputStreamReader(folder.open(FILE), StandardCharsets.UTF_8)) {
            return DamagedRunException.reading(
                    folder.location() + "/" + FILE,
                    () -> JsonParser.parseReader(in).getAsJsonObject());
        }
    }

    /** The means of a reward, shaped and raw. */
    public record Change(Interval before, Interval after, Interval rawBefore, Interval rawAfter) {}

    /** The share of successes. */
    public record Success(double before, double after, Interval intervalBefore, Interval intervalAfter) {}

    public record Volumes(Measures.Volume before, Measures.Volume after) {}

    public record Domains(Optional<Map<String, Measures.Domain>> before, Map<String, Measures.Domain> after) {}

    /** The best round: what it is the best by, its policy and its evaluation. */
    public record Best(int round, String by, String policySha256, Measures evaluation) {}

    /** What was said of a round. */
    public record Warning(int round, String text) {}

    /**
     * What every run's summary has, one of supervised tuning too.
     *
     * @param best null in such a run, as are the warnings
     * @param bestRound null in others
     */
    public record Head(
            String status,
            double seconds,
            int rounds,
            String policySha256,
            @Nullable BestOf best,
            @Nullable Integer bestRound,
            @Nullable List<Warning> warnings,
            @Nullable String stopped) {}

    /** Which round is the best, and by what. */
    public record BestOf(int round, String by) {}

    /**
     * @param status of a run that was not stopped
     * @param method as the job names it
     * @param best of the rounds
     * @param last the last round
     * @param bestPolicy the SHA-256 of the best round's policy
     * @param more warnings, in addition to those of the rounds
     */
    static RunSummary of(
            List<RoundRecord> rounds,
            List<String> rewards,
            String status,
            String method,
            double seconds,
            BestRound best,
            CommittedRound last,
            String bestPolicy,
            List<Warning> more) {
        Measures before = measured(rounds.get(0));
        Measures after = before;
        List<Warning> warnings = new ArrayList<>();
        for (RoundRecord round : rounds) {
            after = round.evaluation() == null ? after : round.evaluation();
            if (round.warnings() != null) {
                round.warnings().forEach(text -> warnings.add(new Warning(round.round(), text)));
            }
        }
        warnings.addAll(more);
        Optional<String> stopped =
                Optional.ofNullable(rounds.get(rounds.size() - 1).stopped());
        return new RunSummary(
                stopped.isPresent() ? "stopped" : status,
                method,
                seconds,
                last.round(),
                PolicyFolder.sha256(last),
                changes(rewards, before, after),
                success(before, after),
                new Volumes(before.hypervolume(), after.hypervolume()),
                after.domain() == null ? null : new Domains(Optional.ofNullable(before.domain()), after.domain()),
                after.validity(),
                after.uniqueness(),
                after.novelty(),
                after.icv(),
                before,
                after,
                new Best(best.round(), best.measure(), bestPolicy, measured(rounds.get(best.round()))),
                warnings,
                stopped);
    }

    private static Map<String, Change> changes(List<String> rewards, Measures before, Measures after) {
        Map<String, Change> changes = new LinkedHashMap<>();
        for (String name : rewards) {
            Measures.OfReward first = before.reward(name);
            Measures.OfReward last = after.reward(name);
            changes.put(name, new Change(first.shaped(), last.shaped(), first.raw(), last.raw()));
        }
        return changes;
    }

    private static @Nullable Success success(Measures before, Measures after) {
        Interval first = before.success();
        Interval last = after.success();
        return first == null || last == null ? null : new Success(first.mean(), last.mean(), first, last);
    }

    private static Measures measured(RoundRecord round) {
        if (round.evaluation() == null) {
            throw new IllegalStateException("Cannot sum up round %d: it was not measured".formatted(round.round()));
        }
        return round.evaluation();
    }
}
