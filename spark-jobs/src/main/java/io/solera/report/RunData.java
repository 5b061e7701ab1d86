package io.solera.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.solera.config.RewardSettings;
import io.solera.config.TrainJob;
import io.solera.reward.molecule.Depiction;
import io.solera.store.DamagedRunException;
import io.solera.store.RecordJson;
import io.solera.train.history.RunSummary;
import java.io.IOException;
import java.util.List;

/**
 * The data of a run folder.
 *
 * @param settings the resolved job
 * @param rounds the metrics of each round's manifest, as JSON
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
        List<String> rounds,
        JsonObject given,
        List<MeasuredSamples> samples,
        BestMoleculePictures molecules,
        String texts) {
    static final int DIGITS = 6;
    private static final int TEXTS = 24;

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
        TrainJob job = TrainJob.read(settings, List.of());
        json.addProperty("method", job.method());
        json.add("rewards", described(job));
        json.addProperty("settings", settings);
        JsonArray metrics = new JsonArray();
        rounds.forEach(round -> metrics.add(ShortNumbers.in(JsonParser.parseString(round), DIGITS)));
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

    private JsonArray described(TrainJob job) {
        JsonArray array = new JsonArray();
        for (String reward : rewards) {
            JsonObject entry = new JsonObject();
            entry.addProperty("name", reward);
            RewardSettings of = job.rewards().get(reward);
            if (of != null) {
                entry.addProperty("function", of.function() == null ? of.definition(reward) : of.function());
                entry.addProperty("shaping", of.shaping(reward).text());
                entry.addProperty("weight", of.weight());
                entry.addProperty("observed", job.observe().contains(reward));
                entry.addProperty("at_least", of.atLeast());
                entry.addProperty("at_most", of.atMost());
            }
            array.add(entry);
        }
        return array;
    }
}
