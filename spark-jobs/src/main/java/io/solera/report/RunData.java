package io.solera.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.solera.config.RewardSettings;
import io.solera.config.TrainJob;
import io.solera.reward.catalogue.Locations;
import io.solera.reward.molecule.Depiction;
import io.solera.store.CommittedRound;
import io.solera.store.DamagedRunException;
import io.solera.store.Rounds;
import io.solera.store.storage.HadoopFolder;
import io.solera.train.RunInputs;
import io.solera.train.evaluation.BestMolecules;
import io.solera.train.evaluation.BestTexts;
import io.solera.train.history.RunHistory;
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
 * What a run folder tells.
 *
 * @param settings the resolved job
 * @param rounds the metrics of each round's manifest
 * @param texts the best of a run whose samples are no molecules, a JSON object a line
 * @param given what round 0 says of the reference, the prompts and what rewards read
 * @param samples of round 0 and of the last round that was measured; none in runs that kept none
 */
record RunData(
        String name,
        String location,
        JsonObject summary,
        List<String> rewards,
        String settings,
        List<JsonObject> rounds,
        JsonObject given,
        List<MeasuredSamples> samples,
        BestMoleculePictures molecules,
        String texts) {
    private static final int DIGITS = 6;
    private static final int HASH_DIGITS = 12;
    private static final String REFERENCE = "reference.sha256";
    private static final int TEXTS = 24;

    static RunData read(SparkSession session, String location) throws IOException {
        Locations.require(location);
        Configuration configuration = session.sparkContext().hadoopConfiguration();
        List<CommittedRound> rounds = Rounds.of(location, configuration).all();
        HadoopFolder folder = HadoopFolder.of(location, configuration);
        if (rounds.isEmpty() || !folder.exists("summary.json")) {
            throw new IllegalArgumentException(
                    "Cannot report on %s: no round is finished yet (wait for the first)".formatted(folder.location()));
        }
        CommittedRound begin = rounds.get(0);
        if (!begin.metrics().has("evaluation")) {
            throw new IllegalArgumentException(
                    "Cannot report on %s: it has no rewards (a report is of a run of solera train)"
                            .formatted(folder.location()));
        }
        List<String> rewards = DamagedRunException.reading(
                begin.location(),
                () -> List.copyOf(begin.metrics()
                        .getAsJsonObject("evaluation")
                        .getAsJsonObject("rewards")
                        .keySet()));
        List<CommittedRound> measured = rounds.stream()
                .filter(round -> round.metrics().has("evaluation") && round.has(SampleColumns.EVALUATION))
                .toList();
        List<MeasuredSamples> samples = new ArrayList<>();
        for (int i = 0; i < measured.size(); i += Math.max(1, measured.size() - 1)) {
            CommittedRound round = measured.get(i);
            int count = DamagedRunException.reading(
                    round.location(),
                    () -> round.metrics()
                            .getAsJsonObject("evaluation")
                            .get("samples")
                            .getAsInt());
            samples.add(MeasuredSamples.read(session, round, rewards, count));
        }
        JsonObject summary = DamagedRunException.reading(
                folder.location() + "/summary.json",
                () -> JsonParser.parseString(text(folder, "summary.json")).getAsJsonObject());
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
                shown.has(BestMolecules.FILE)
                        ? BestMoleculePictures.parse(shown.read(BestMolecules.FILE), rewards)
                        : new BestMoleculePictures(rewards, List.of()),
                shown.has(BestTexts.FILE) ? shown.read(BestTexts.FILE) : "");
    }

    /** {@code reference}, {@code prompts} and {@code read}: beginnings of hashes; what a run does not have is left out. */
    private static JsonObject given(CommittedRound first) throws IOException {
        JsonObject given = new JsonObject();
        if (first.has(REFERENCE)) {
            given.addProperty("reference", first.read(REFERENCE).strip().substring(0, HASH_DIGITS));
        }
        if (first.has("prompts.json")) {
            JsonObject prompts =
                    JsonParser.parseString(first.read("prompts.json")).getAsJsonObject();
            if (prompts.get("held_out").getAsInt() > 0) {
                given.addProperty("prompts", prompts.get("sha256").getAsString().substring(0, HASH_DIGITS));
            }
        }
        if (first.has(RunInputs.FILE)) {
            given.add("read", JsonParser.parseString(first.read(RunInputs.FILE)));
        }
        return given;
    }

    /** The best of the measured rounds, as the summary has it; the last of them where it does not say. */
    private static CommittedRound bestOf(JsonObject summary, List<CommittedRound> measured) {
        CommittedRound last = measured.get(measured.size() - 1);
        if (!(summary.get(RunHistory.BEST) instanceof JsonObject best)) {
            return last;
        }
        int number = best.get("round").getAsInt();
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
        for (String key : new String[] {"status", "seconds", "policy_sha256"}) {
            json.add(key, ShortNumbers.in(summary.get(key), DIGITS));
        }
        for (String key : new String[] {"stopped", "warnings"}) {
            if (summary.has(key) && !summary.get(key).isJsonNull()) {
                json.add(key, summary.get(key));
            }
        }
        if (summary.get(RunHistory.BEST) instanceof JsonObject best) {
            JsonObject which = new JsonObject();
            which.add("round", best.get("round"));
            which.add("by", best.get("by"));
            json.add(RunHistory.BEST, which);
            json.add("best_samples_of", best.get("round"));
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
                entry.addProperty("function", of.function() == null ? reward : of.function());
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
