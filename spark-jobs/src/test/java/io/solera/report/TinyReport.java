package io.solera.report;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.solera.config.TrainJob;
import io.solera.train.evaluation.BestSample;
import io.solera.train.history.RunSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** A run that never was, of any size: three rewards, of which one was learned, two experts, two rounds. */
final class TinyReport {
    /** Text that a policy might write, and that would run if it were not kept as text. */
    static final String MALICIOUS = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u2028";

    private static final List<String> REWARDS = List.of("qed", "sa", "logp");
    private static final String JOB = """
            model: "%s"
            rewards:
              qed: {at-least: 0.6}
              sa: {at-most: 4}
              logp:
            seed: %d
            """;
    private static final String EVALUATION = """
            {"samples": %d, "rewards": {%s}, "success": %s, "hypervolume": %s, "geometric_mean": %s,
             "icv": {"per_sample": 3, "per_sample_median": 3, "of_means": 5}, "validity": 0.97, "uniqueness": 1, \
             "novelty": null,
             "internal_diversity": 0.87, "kl": %s, "domain": {"qed": {"mean": 0.5, "of_successes": 0.6}}}""";

    private TinyReport() {}

    static RunData run(String name, int samples, long seed, String... overrides) {
        RunSummary.Head summary = new RunSummary.Head("done", 12.5, 2, "d4b9cfa9", null, null, null, null);
        List<BestSample> molecules = List.of(
                new BestSample(null, "CC(=O)Oc1ccccc1C(=O)O", true, 0.7, new double[] {0.55, 1.6, 1.3}, new double[] {
                    0.55, 0.9, 1
                }),
                new BestSample(
                        null, "c1ccccc1O", false, 0.6, new double[] {0.5, 1.4, 1.4}, new double[] {0.5, 0.95, 1}));
        return new RunData(
                name,
                "/runs/" + name,
                summary,
                REWARDS,
                TrainJob.read(JOB.formatted(MALICIOUS.replace("\u2028", ""), seed), List.of(overrides))
                        .text(),
                Stream.of(round(0, samples), round(1, 0), round(2, samples))
                        .map(JsonObject::toString)
                        .toList(),
                new JsonObject(),
                List.of(samples(0, samples, seed), samples(2, samples, seed + 1)),
                new BestMoleculePictures(REWARDS, molecules),
                "");
    }

    private static MeasuredSamples samples(int round, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, double[]> columns = new LinkedHashMap<>();
        Map<String, MissingScores> missing = new LinkedHashMap<>();
        List<String> all = new ArrayList<>(List.of("qed_domain"));
        for (String reward : REWARDS) {
            all.addAll(List.of(reward, reward + "_shaped"));
            missing.put(
                    reward, new MissingScores(Map.of("invalid-input", 2), Map.of("invalid-input", List.of(MALICIOUS))));
        }
        for (String column : all) {
            columns.put(
                    column,
                    random.doubles(count)
                            .map(value -> value < 0.01 ? Double.NaN : Math.sqrt(value))
                            .toArray());
        }
        return new MeasuredSamples(round, 1, count, REWARDS, List.of("qed"), columns, missing, null);
    }

    private static JsonObject round(int number, int samples) {
        JsonObject round = json("{'round': %d, 'seconds': 6, 'slots': 2, 'steps': [], 'blend': {}}".formatted(number));
        if (number > 0) {
            for (String learner : new String[] {"qed", "sa"}) {
                for (int step = 0; step < 2; step++) {
                    round.getAsJsonArray("steps")
                            .add(json(("{'learner': '%s', 'step': %d, 'samples': 32, 'loss': 0.1, 'kl': %d,"
                                            + " 'qed': 0.5, 'qed_shaped': 0.5, 'qed.invalid-input': 1, 'length': 30,"
                                            + " 'qed_seconds': 0.1, 'generation_seconds': 3, 'scoring_seconds': 0.5,"
                                            + " 'update_seconds': 2}")
                                    .formatted(learner, step, number)));
                }
            }
            round.add("blend", json("""
                    {'experts': ['qed', 'sa'], 'coefficients': [0.5, 0.5], 'drift': [1.1, 0.9], 'cosines': [[1, -0.2], \
                    [-0.2, 1]],
                     'policy_drift': 0.7}"""));
        }
        if (samples > 0) {
            String interval =
                    "{\"mean\": 0.%d, \"low\": 0.%d, \"high\": 0.%d}".formatted(5 + number, 4 + number, 6 + number);
            String rewards = String.join(
                    ",",
                    REWARDS.stream()
                            .map(reward -> "\"%s\": {\"shaped\": %s, \"raw\": %s, \"front\": 0.9}"
                                    .formatted(reward, interval, interval))
                            .toList());
            round.add(
                    "evaluation", json(EVALUATION.formatted(samples, rewards, interval, interval, interval, interval)));
            round.addProperty("evaluation_seconds", 1.5);
        }
        return round;
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }
}
