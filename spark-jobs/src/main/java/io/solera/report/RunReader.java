package io.solera.report;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.solera.problem.RequestException;
import io.solera.reward.catalogue.Locations;
import io.solera.store.CommittedRound;
import io.solera.store.DamagedRunException;
import io.solera.store.RecordJson;
import io.solera.store.Rounds;
import io.solera.store.storage.HadoopFolder;
import io.solera.train.RunInputs;
import io.solera.train.evaluation.BestMolecules;
import io.solera.train.evaluation.BestTexts;
import io.solera.train.evaluation.Measures;
import io.solera.train.history.ReferencePolicy;
import io.solera.train.history.RunHistory;
import io.solera.train.history.RunSummary;
import io.solera.train.rollout.PromptCounts;
import io.solera.train.rollout.Prompts;
import io.solera.train.rollout.SampleColumns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads a run folder for its report, once or again and again while the run grows: a manifest is read once, so that a
 * report of a running run reads what is new.
 */
public final class RunReader {
    private static final int HASH_DIGITS = 12;

    private final Configuration configuration;
    private final Rounds rounds;
    private final HadoopFolder folder;
    private final List<Read> read = new ArrayList<>();
    private @Nullable MeasuredSamples first;

    /**
     * What is kept of a round.
     *
     * @param metrics its JSON, with numbers as short as a page has them
     * @param samples of its evaluation that are stored; 0 without
     */
    private record Read(int round, String metrics, int samples) {}

    public RunReader(String location, Configuration configuration) throws IOException {
        Locations.require(location);
        this.configuration = configuration;
        rounds = Rounds.of(location, configuration);
        folder = HadoopFolder.of(location, configuration);
    }

    /** The page of the run as it is now. */
    public String page() throws IOException {
        return Report.of(List.of(data()));
    }

    RunData data() throws IOException {
        for (CommittedRound round :
                rounds.from(read.isEmpty() ? 0 : read.get(read.size() - 1).round() + 1)) {
            Measures measures = RunHistory.evaluation(round);
            int stored = measures != null && round.has(SampleColumns.EVALUATION) ? measures.samples() : 0;
            read.add(new Read(
                    round.round(),
                    ShortNumbers.in(round.metrics(), RunData.DIGITS).toString(),
                    stored));
        }
        if (read.isEmpty() || !folder.exists(RunSummary.FILE)) {
            throw new RequestException(
                    "Cannot report on %s: no round is finished yet (wait for the first)".formatted(folder.location()));
        }
        CommittedRound begin = rounds.read(read.get(0).round());
        Measures start = RunHistory.evaluation(begin);
        if (start == null) {
            throw new RequestException("Cannot report on %s: it has no rewards (a report is of a run of solera train)"
                    .formatted(folder.location()));
        }
        List<String> rewards = List.copyOf(start.rewards().keySet());
        List<Read> measured = read.stream().filter(round -> round.samples() > 0).toList();
        RunSummary.Head summary = RunSummary.head(folder);
        // what else than molecules is measured for validity
        boolean proteins = start.validity() != null && begin.has(BestTexts.FILE);
        CommittedRound shown = rounds.read(bestOf(summary, measured.isEmpty() ? read : measured));
        return new RunData(
                new Path(folder.location()).getName(),
                folder.location(),
                summary,
                rewards,
                settings(),
                read.stream().map(Read::metrics).toList(),
                given(begin, proteins),
                samples(measured, rewards, proteins),
                new BestMoleculePictures(
                        rewards, shown.has(BestMolecules.FILE) ? BestTexts.of(shown, rewards) : List.of()),
                shown.has(BestTexts.FILE) ? shown.read(BestTexts.FILE) : "");
    }

    /** Of the first and the last round that have some. */
    private List<MeasuredSamples> samples(List<Read> measured, List<String> rewards, boolean proteins)
            throws IOException {
        List<MeasuredSamples> samples = new ArrayList<>();
        if (!measured.isEmpty()) {
            first = first == null ? samples(measured.get(0), rewards, proteins) : first;
            samples.add(first);
        }
        if (measured.size() > 1) {
            samples.add(samples(measured.get(measured.size() - 1), rewards, proteins));
        }
        return samples;
    }

    private MeasuredSamples samples(Read round, List<String> rewards, boolean proteins) throws IOException {
        return MeasuredSamples.read(configuration, rounds.read(round.round()), rewards, round.samples(), proteins);
    }

    /**
     * {@code reference}, {@code prompts} and {@code read}: beginnings of hashes; and the {@code kind} of samples that
     * are proteins. What a run does not have is left out.
     */
    private static JsonObject given(CommittedRound first, boolean proteins) throws IOException {
        JsonObject given = new JsonObject();
        if (proteins) {
            given.addProperty("kind", "proteins");
        }
        if (first.has(ReferencePolicy.FILE)) {
            given.addProperty(
                    "reference", first.read(ReferencePolicy.FILE).strip().substring(0, HASH_DIGITS));
        }
        if (first.has(Prompts.FILE)) {
            String text = first.read(Prompts.FILE);
            String location = first.location() + ", " + Prompts.FILE;
            PromptCounts prompts = RecordJson.read(
                    DamagedRunException.reading(
                            location, () -> JsonParser.parseString(text).getAsJsonObject()),
                    PromptCounts.class,
                    location);
            if (prompts.heldOut() > 0) {
                given.addProperty("prompts", prompts.sha256().substring(0, HASH_DIGITS));
            }
        }
        if (first.has(RunInputs.FILE)) {
            given.add("read", JsonParser.parseString(first.read(RunInputs.FILE)));
        }
        return given;
    }

    /** The best of the measured rounds, as the summary has it; the last of them where it does not say. */
    private static int bestOf(RunSummary.Head summary, List<Read> measured) {
        int last = measured.get(measured.size() - 1).round();
        return Optional.ofNullable(summary.best())
                .map(RunSummary.BestOf::round)
                .filter(best -> measured.stream().anyMatch(round -> round.round() == best))
                .orElse(last);
    }

    private String settings() throws IOException {
        try (InputStream in = folder.open("job.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
