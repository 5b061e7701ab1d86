package io.solera.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.solera.config.RewardSettings;
import io.solera.config.TrainJob;
import io.solera.problem.RequestException;
import io.solera.reward.catalogue.Locations;
import io.solera.reward.molecule.Depiction;
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
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * The data of a run folder.
 *
 * @param settings the resolved job
 * @param rounds the metrics of each round's manifest
 * @param texts the best samples of a run that does not generate molecules, one JSON object per line
 * @param given what round 0 says of the reference, the prompts and what rewards read
 * @param samples of round 0 and of the last round that was measured; none in runs that kept none
 */
record RunData(
        String name,
        String location,
        RunSummary.Head summary,
        List<String> rewards,
        String settings,
        List<JsonObject> rounds,
        JsonObject given,
        List<MeasuredSamples> samples,
        BestMoleculePictures molecules,
        String texts) {
    private static final int DIGITS = 6;
    private static final int HASH_DIGITS = 12;
    private static final int TEXTS = 24;

    static RunData read(SparkSession session, String location) throws IOException {
        Locations.require(location);
        Configuration configuration = session.sparkContext().hadoopConfiguration();
        List<CommittedRound> rounds = Rounds.of(location, configuration).all();
        HadoopFolder folder = HadoopFolder.of(location, configuration);
        if (rounds.isEmpty() || !folder.exists(RunSummary.FILE)) {
            throw new RequestException(
                    "Cannot report on %s: no round is finished yet (wait for the first)".formatted(folder.location()));
        }
        CommittedRound begin = rounds.get(0);
        Measures start = RunHistory.evaluation(begin);
        if (start == null) {
            throw new RequestException("Cannot report on %s: it has no rewards (a report is of a run of solera train)"
                    .formatted(folder.location()));
        }
        List<String> rewards = List.copyOf(start.rewards().keySet());
        List<CommittedRound> measured = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        for (CommittedRound round : rounds) {
            Measures measures = RunHistory.evaluation(round);
            if (measures != null && round.has(SampleColumns.EVALUATION)) {
                measured.add(round);
                counts.add(measures.samples());
            }
        }
        List<MeasuredSamples> samples = new ArrayList<>();
        for (int i = 0; i < measured.size(); i += Math.max(1, measured.size() - 1)) {
            samples.add(MeasuredSamples.read(session, measured.get(i), rewards, counts.get(i)));
        }
        RunSummary.Head summary = RunSummary.head(folder);
        CommittedRound shown = bestOf(summary, measured.isEmpty() ? rounds : measured);
        return new RunData(
                new Path(folder.location()).getName(),
                folder.location(),
                summary,
                rewards,
                text(folder, "job.yaml"),
                rounds.stream().map(CommittedRound::metrics).toList(),
                given(rounds.get(0)),
                samples,
                new BestMoleculePictures(
                        rewards, shown.has(BestMolecules.FILE) ? BestTexts.of(shown, rewards) : List.of()),
                shown.has(BestTexts.FILE) ? shown.read(BestTexts.FILE) : "");
    }

    /**
     * {@code reference}, {@code prompts} and {@code read}: beginnings of hashes; what a run does not have is left out.
     */
    private static JsonObject given(CommittedRound first) throws IOException {
        JsonObject given = new JsonObject();
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
    private static CommittedRound bestOf(RunSummary.Head summary, List<CommittedRound> measured) {
        CommittedRound last = measured.get(measured.size() - 1);
        if (summary.best() == null) {
            return last;
        }
        int number = summary.best().round();
        return measured.stream()
                .filter(round -> round.round() == number)
                .findFirst()
                .orElse(last);
    }

    /** @param drawings at most so many molecules */
    JsonObject json(int drawings) throws IOException {
        return DamagedRunException.reading(
                location + " (its metrics, summary or best samples)", () -> described(drawings));
    }

    private JsonObject described(int drawings) {
        JsonObject json = new JsonObject();
        json.addProperty("name", name);
        json.addProperty("location", location);
        json.addProperty("status", summary.status());
        json.add("seconds", ShortNumbers.of(summary.seconds(), DIGITS));
        json.addProperty("policy_sha256", summary.policySha256());
        if (summary.stopped() != null) {
            json.addProperty("stopped", summary.stopped());
        }
        if (summary.warnings() != null) {
            JsonArray warnings = new JsonArray();
            summary.warnings().forEach(warning -> warnings.add(RecordJson.write(warning)));
            json.add("warnings", warnings);
        }
        if (summary.best() != null) {
            json.add("best", RecordJson.write(summary.best()));
            json.addProperty("best_samples_of", summary.best().round());
        }
        given.entrySet().forEach(entry -> json.add(entry.getKey(), entry.getValue()));
        json.add("rewards", described());
        json.addProperty("settings", settings);
        JsonArray metrics = new JsonArray();
        rounds.forEach(round -> metrics.add(ShortNumbers.in(round, DIGITS)));
        json.add("rounds", metrics);
        JsonArray points = new JsonArray();
        samples.forEach(round -> points.add(round.json()));
        json.add("samples", points);
        json.add("molecules", molecules.json(drawings));
        JsonArray best = new JsonArray();
        texts.lines().limit(TEXTS).forEach(line -> best.add(ShortNumbers.in(JsonParser.parseString(line), DIGITS)));
        json.add("texts", best);
        Depiction.obstacle().ifPresent(why -> json.addProperty("obstacle", why));
        return json;
    }

    private JsonArray described() {
        TrainJob job = TrainJob.read(settings, List.of());
        JsonArray array = new JsonArray();
        for (String reward : rewards) {
            JsonObject entry = new JsonObject();
            entry.addProperty("name", reward);
            RewardSettings of = job.rewards().get(reward);
            if (of != null) {
                entry.addProperty("function", of.function() == null ? of.definition(reward) : of.function());
                entry.addProperty("shaping", of.shaping(reward).text());
                entry.addProperty("weight", of.weight());
                entry.addProperty("at_least", of.atLeast());
                entry.addProperty("at_most", of.atMost());
            }
            array.add(entry);
        }
        return array;
    }

    private static String text(HadoopFolder folder, String name) throws IOException {
        try (InputStream in = folder.open(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
