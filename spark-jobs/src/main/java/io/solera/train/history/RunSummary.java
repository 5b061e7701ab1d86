package io.solera.train.history;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.solera.store.CommittedRound;
import java.util.List;

/** {@code summary.json}: the run before its first round and after its last, made from the rounds' metrics. */
public final class RunSummary {
    private RunSummary() {}

    static JsonObject of(
            JsonObject before,
            JsonObject after,
            List<String> rewards,
            String status,
            double seconds,
            int rounds,
            String sha256) {
        JsonObject summary = new JsonObject();
        summary.addProperty("status", status);
        summary.addProperty("seconds", seconds);
        summary.addProperty("rounds", rounds);
        summary.addProperty("policy_sha256", sha256);
        JsonObject byReward = new JsonObject();
        for (String reward : rewards) {
            JsonObject first = before.getAsJsonObject("rewards").getAsJsonObject(reward);
            JsonObject last = after.getAsJsonObject("rewards").getAsJsonObject(reward);
            JsonObject entry = new JsonObject();
            entry.add("before", first.get("shaped"));
            entry.add("after", last.get("shaped"));
            entry.add("raw_before", first.get("raw"));
            entry.add("raw_after", last.get("raw"));
            byReward.add(reward, entry);
        }
        summary.add("rewards", byReward);
        if (after.has("success")) {
            JsonObject success = new JsonObject();
            success.add("before", before.getAsJsonObject("success").get("mean"));
            success.add("after", after.getAsJsonObject("success").get("mean"));
            success.add("interval_before", before.get("success"));
            success.add("interval_after", after.get("success"));
            summary.add("success", success);
        }
        summary.add("hypervolume", pair(before, after, "hypervolume"));
        if (after.has("domain")) {
            summary.add("domain", pair(before, after, "domain"));
        }
        for (String share : new String[] {"validity", "uniqueness", "novelty"}) {
            if (after.has(share)) {
                summary.add(share, after.get(share));
            }
        }
        summary.add("icv", after.get("icv"));
        summary.add("before", before);
        summary.add("after", after);
        return summary;
    }

    /** The best round: what it is the best by, its policy and its evaluation. */
    static JsonObject best(BestRound best, CommittedRound round) {
        JsonObject json = new JsonObject();
        json.addProperty("round", best.round());
        json.addProperty("by", best.measure());
        json.addProperty("policy_sha256", PolicyFolder.sha256(round));
        json.add("evaluation", RunHistory.evaluation(round));
        return json;
    }

    /** What was said of rounds, in their order. */
    static JsonArray warnings(List<JsonObject> rounds) {
        JsonArray array = new JsonArray();
        for (JsonObject round : rounds) {
            if (round.has(Verdict.WARNINGS)) {
                for (JsonElement text : round.getAsJsonArray(Verdict.WARNINGS)) {
                    JsonObject warning = new JsonObject();
                    warning.add("round", round.get("round"));
                    warning.add("text", text);
                    array.add(warning);
                }
            }
        }
        return array;
    }

    private static JsonObject pair(JsonObject before, JsonObject after, String name) {
        JsonObject pair = new JsonObject();
        pair.add("before", before.get(name));
        pair.add("after", after.get(name));
        return pair;
    }
}
