package io.solera.reward.learned.encoding;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.solera.checkpoint.Policy;
import io.solera.checkpoint.PolicyHash;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.lang.EnumText;
import io.solera.reward.molecule.fingerprint.Fingerprint;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The encoding of a learned model, as stored at the start of its {@code config.json}. */
public final class EncodingJson {
    private static final String TYPE = "model_type";
    private static final String FINGERPRINTS = "solera-fingerprint-network";
    private static final String SEQUENCES = "solera-sequence-network";
    private static final String HEAD = "solera-policy-head";
    private static final String FINGERPRINT = "ecfp4-" + Fingerprint.BITS;

    private EncodingJson() {}

    public static JsonObject write(Encoding encoding) throws IOException {
        JsonObject json = new JsonObject();
        if (encoding instanceof OneHot oneHot) {
            json.addProperty(TYPE, SEQUENCES);
            json.addProperty("alphabet", oneHot.alphabet().text());
            json.addProperty("positions", oneHot.positions());
        } else if (encoding instanceof HiddenState state) {
            json.addProperty(TYPE, HEAD);
            json.addProperty("policy", state.policyName());
            json.addProperty("policy_sha256", PolicyHash.of(state.policy()));
            json.addProperty("pooling", state.pooling().text());
        } else {
            json.addProperty(TYPE, FINGERPRINTS);
            json.addProperty("fingerprint", FINGERPRINT);
        }
        return json;
    }

    public static Encoding read(JsonObject json, String place, HiddenState.Policies policies) throws IOException {
        String type = one(json, TYPE, List.of(FINGERPRINTS, SEQUENCES, HEAD), place);
        switch (type) {
            case FINGERPRINTS -> {
                one(json, "fingerprint", List.of(FINGERPRINT), place);
                return new Ecfp4();
            }
            case SEQUENCES -> {
                return new OneHot(
                        value(json, "alphabet", Alphabet.class, place),
                        json.get("positions").getAsInt());
            }
            default -> {
                HiddenState.Pooling pooling = value(json, "pooling", HiddenState.Pooling.class, place);
                String name = json.get("policy").getAsString();
                String expected = json.get("policy_sha256").getAsString();
                Policy policy = policies.policy(name);
                String hash = PolicyHash.of(policy);
                if (!hash.equals(expected)) {
                    throw new MalformedModelException(
                            "Cannot read %s: it was trained on another policy than %s is now (SHA-256 %s, not %s)"
                                    .formatted(place, name, hash, expected));
                }
                return new HiddenState(name, policy, pooling);
            }
        }
    }

    /** A constant written in lower case. */
    private static <E extends Enum<E>> E value(JsonObject json, String key, Class<E> type, String place)
            throws MalformedModelException {
        List<String> words =
                Arrays.stream(type.getEnumConstants()).map(EnumText::of).toList();
        return EnumText.find(type, one(json, key, words, place)).orElseThrow();
    }

    private static String one(JsonObject config, String key, List<String> values, String place)
            throws MalformedModelException {
        JsonElement given = config.get(key);
        if (given == null || !given.isJsonPrimitive() || !values.contains(given.getAsString())) {
            throw new MalformedModelException("Cannot read %s: %s is %s (must be %s)"
                    .formatted(place, key, given == null ? "missing" : "another", String.join(", ", values)));
        }
        return given.getAsString();
    }
}
