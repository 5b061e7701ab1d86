package io.solera.train;

import com.google.gson.JsonObject;
import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.PrettyJson;
import io.solera.train.evaluation.KnownSamples;
import io.solera.train.history.StartingModel;
import io.solera.train.rollout.Prompts;
import io.solera.train.rollout.RewardSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run is given in addition to its job.
 *
 * @param reference the policy that it starts from
 * @param known molecules or proteins that the reference was trained on
 * @param base where the reference came from
 * @param read a digest of each model and table that the rewards read when they were made, by name
 */
public record RunInputs(
        Policy reference,
        RewardSet rewards,
        Prompts prompts,
        KnownSamples known,
        StartingModel base,
        Map<String, String> read) {
    /** The file of round 0 that holds the digests. */
    public static final String FILE = "inputs.json";

    public RunInputs {
        read = Map.copyOf(read);
    }

    /** With a reference of which no more is known. */
    public RunInputs(Policy reference, RewardSet rewards, Prompts prompts, KnownSamples known) {
        this(reference, rewards, prompts, known, StartingModel.UNKNOWN, Map.of());
    }

    String json() {
        JsonObject json = new JsonObject();
        new TreeMap<>(read).forEach(json::addProperty);
        return PrettyJson.text(json);
    }
}
