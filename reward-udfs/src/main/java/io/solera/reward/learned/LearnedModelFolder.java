package io.solera.reward.learned;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.solera.checkpoint.Safetensors;
import io.solera.checkpoint.file.Folder;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.checkpoint.file.PrettyJson;
import io.solera.lang.EnumText;
import io.solera.reward.learned.encoding.Ecfp4;
import io.solera.reward.learned.encoding.Encoding;
import io.solera.reward.learned.encoding.EncodingJson;
import io.solera.reward.learned.encoding.HiddenState;
import io.solera.reward.learned.encoding.OneHot;
import io.solera.reward.molecule.fingerprint.Fingerprint;
import io.solera.rl.BlockVector;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The folder of a learned model: {@code config.json}, {@code model.safetensors}, for a network on fingerprints
 * {@code fingerprints.bin.gz} (32 big-endian words each, task after task), and for one on sequences
 * {@code sequences.txt.gz} (one per line). Nothing in it is code.
 */
final class LearnedModelFolder {
    private static final String CONFIG = "config.json";
    private static final String WEIGHTS = "model.safetensors";
    private static final String KNOWN = "fingerprints.bin.gz";
    private static final Gson GSON = new Gson();

    private LearnedModelFolder() {}

    static void write(Folder folder, LearnedModel model, JsonObject card) throws IOException {
        JsonObject config = EncodingJson.write(model.encoding());
        config.addProperty("task", model.task().text());
        config.add("tasks", GSON.toJsonTree(model.tasks()));
        config.add("widths", GSON.toJsonTree(model.weights().widths()));
        if (model.encoding() instanceof Ecfp4) {
            List<Integer> counts =
                    model.known().stream().map(rows -> rows.length).toList();
            config.add("known", GSON.toJsonTree(counts));
            known(folder, model.known());
        }
        SequenceDomain seen = model.seen();
        if (seen != null) {
            config.add("seen", SequenceDomainFile.write(folder, seen));
        }
        config.add("card", card);
        try (var out = folder.create(WEIGHTS)) {
            NetworkWeights weights = model.weights();
            Safetensors.write(out, NetworkWeights.layout(weights.widths()), BlockVector.of(weights.values()));
        }
        try (Writer out = new OutputStreamWriter(folder.create(CONFIG), StandardCharsets.UTF_8)) {
            out.write(PrettyJson.unescaped(config));
        }
    }

    private static void known(Folder folder, List<long[][]> known) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(folder.create(KNOWN)))) {
            for (long[][] rows : known) {
                for (long[] words : rows) {
                    for (long word : words) {
                        out.writeLong(word);
                    }
                }
            }
        }
    }

    static LearnedModel read(Folder folder, HiddenState.Policies policies) throws IOException {
        String place = folder.location() + "/" + CONFIG;
        try (InputStreamReader in = new InputStreamReader(folder.open(CONFIG), StandardCharsets.UTF_8)) {
            JsonObject config = JsonParser.parseReader(in).getAsJsonObject();
            Encoding encoding = EncodingJson.read(config, place, policies);
            Task task = EnumText.find(Task.class, config.get("task").getAsString())
                    .orElseThrow(() -> new MalformedModelException("Cannot read %s: task is another (must be %s)"
                            .formatted(place, EnumText.choices(Task.class))));
            List<String> tasks = new ArrayList<>();
            config.getAsJsonArray("tasks").forEach(name -> tasks.add(name.getAsString()));
            List<Integer> widths = integers(config.getAsJsonArray("widths"));
            float[] values;
            try (var weights = folder.open(WEIGHTS)) {
                values = Safetensors.read(weights, NetworkWeights.layout(widths), folder.location() + "/" + WEIGHTS)
                        .toArray();
            }
            List<long[][]> known =
                    encoding instanceof Ecfp4 ? known(folder, config.getAsJsonArray("known")) : List.of();
            SequenceDomain seen = encoding instanceof OneHot oneHot && config.has("seen")
                    ? SequenceDomainFile.read(folder, config.getAsJsonObject("seen"), oneHot)
                    : null;
            return new LearnedModel(
                    task, tasks, encoding, finite(new NetworkWeights(widths, values), folder), known, seen);
        } catch (JsonParseException
                | IllegalStateException
                | NullPointerException
                | ClassCastException
                | NumberFormatException e) {
            throw new MalformedModelException(
                    ("Cannot read %s: it is not a description of a learned network (a value is missing, or of another "
                                    + "type)")
                            .formatted(place));
        } catch (IllegalArgumentException e) {
            throw new MalformedModelException("Cannot read %s: %s".formatted(place, e.getMessage()));
        }
    }

    private static NetworkWeights finite(NetworkWeights weights, Folder folder) throws MalformedModelException {
        for (float value : weights.values()) {
            if (!Float.isFinite(value)) {
                throw new MalformedModelException(
                        "Cannot read %s/%s: a weight is %s (train again)".formatted(folder.location(), WEIGHTS, value));
            }
        }
        return weights;
    }

    private static List<long[][]> known(Folder folder, JsonArray counted) throws IOException {
        List<Integer> counts = integers(counted);
        List<long[][]> known = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(folder.open(KNOWN), 1 << 16))) {
            for (int count : counts) {
                List<long[]> rows = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    long[] words = new long[Fingerprint.BITS / 64];
                    for (int w = 0; w < words.length; w++) {
                        words[w] = in.readLong();
                    }
                    rows.add(words);
                }
                known.add(rows.toArray(long[][]::new));
            }
            if (in.read() != -1) {
                throw new MalformedModelException("Cannot read %s/%s: it holds more than %s fingerprints"
                        .formatted(folder.location(), KNOWN, counts));
            }
            return known;
        } catch (EOFException e) {
            throw new MalformedModelException("Cannot read %s/%s: it holds fewer than %s fingerprints (copy it again)"
                    .formatted(folder.location(), KNOWN, counts));
        }
    }

    private static List<Integer> integers(JsonArray array) {
        List<Integer> values = new ArrayList<>();
        array.forEach(value -> values.add(value.getAsInt()));
        return values;
    }
}
