package io.solera.reward.learned;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.solera.checkpoint.ClasspathFolder;
import io.solera.checkpoint.Folder;
import io.solera.checkpoint.MalformedModelException;
import io.solera.checkpoint.Safetensors;
import io.solera.reward.molecule.Fingerprint;
import io.solera.rl.BlockVector;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Serializable;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A network on fingerprints with the fingerprints that its training set was known by, as it lies in a folder: {@code config.json},
 * {@code model.safetensors} and {@code fingerprints.bin.gz} (32 big-endian words each, task after task). Nothing in it is code.
 *
 * @param tasks names of the network's outputs
 * @param known per task the fingerprints of the training set's actives; of a regression, of all labelled molecules
 */
public record LearnedModel(Task task, List<String> tasks, NetworkWeights weights, List<long[][]> known)
        implements Serializable {
    /** The names of the models that ship with Solera. */
    public static final List<String> SHIPPED = List.of("gsk3", "jnk3");

    private static final String TYPE = "solera-fingerprint-network";
    private static final String FINGERPRINT = "ecfp4-" + Fingerprint.BITS;
    private static final String CONFIG = "config.json";
    private static final String WEIGHTS = "model.safetensors";
    private static final String KNOWN = "fingerprints.bin.gz";
    private static final Gson PRETTY =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    public LearnedModel {
        tasks = List.copyOf(tasks);
        known = List.copyOf(known);
        if (tasks.size() != weights.tasks() || known.size() != weights.tasks()) {
            throw new IllegalArgumentException("Invalid tasks: %s (must be %d, one per output)"
                    .formatted(String.join(", ", tasks), weights.tasks()));
        }
    }

    /** A trained network and what it was trained on. */
    public static LearnedModel of(List<String> tasks, FingerprintNetwork network, LabelledMolecules training) {
        List<long[][]> known = new ArrayList<>();
        for (int k = 0; k < tasks.size(); k++) {
            List<long[]> of = new ArrayList<>();
            for (int i = 0; i < training.size(); i++) {
                float label = training.labels()[i][k];
                if (network.task() == Task.CLASSIFICATION ? label > 0.5 : !Float.isNaN(label)) {
                    of.add(training.fingerprints().get(i));
                }
            }
            known.add(of.toArray(long[][]::new));
        }
        return new LearnedModel(network.task(), tasks, network.weights(), known);
    }

    /** One of {@link #SHIPPED}. */
    public static LearnedModel shipped(String name) throws IOException {
        return read(new ClasspathFolder("io/solera/reward/learned/" + name));
    }

    /**
     * The place of a task; an empty name stands for the only one.
     *
     * @throws IllegalArgumentException naming the tasks that there are
     */
    public int place(String name) {
        int place = name.isEmpty() && tasks.size() == 1 ? 0 : tasks.indexOf(name);
        if (place < 0) {
            throw new IllegalArgumentException(
                    "Invalid task: %s (must be one of %s)".formatted(name, String.join(", ", tasks)));
        }
        return place;
    }

    /** @param card what a reader should know of it, for {@code config.json} */
    public void write(Folder folder, JsonObject card) throws IOException {
        JsonObject config = new JsonObject();
        config.addProperty("model_type", TYPE);
        config.addProperty("fingerprint", FINGERPRINT);
        config.addProperty("task", task.text());
        config.add("tasks", PRETTY.toJsonTree(tasks));
        config.add("widths", PRETTY.toJsonTree(weights.widths()));
        config.add(
                "known",
                PRETTY.toJsonTree(known.stream().map(rows -> rows.length).toList()));
        config.add("card", card);
        try (var out = folder.create(WEIGHTS)) {
            Safetensors.write(out, NetworkWeights.layout(weights.widths()), BlockVector.of(weights.values()));
        }
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(folder.create(KNOWN)))) {
            for (long[][] rows : known) {
                for (long[] words : rows) {
                    for (long word : words) {
                        out.writeLong(word);
                    }
                }
            }
        }
        try (Writer out = new OutputStreamWriter(folder.create(CONFIG), StandardCharsets.UTF_8)) {
            PRETTY.toJson(config, out);
            out.write('\n');
        }
    }

    /** @throws MalformedModelException when it is damaged, or not such a model */
    public static LearnedModel read(Folder folder) throws IOException {
        String place = folder.location() + "/" + CONFIG;
        try (InputStreamReader in = new InputStreamReader(folder.open(CONFIG), StandardCharsets.UTF_8)) {
            JsonObject config = JsonParser.parseReader(in).getAsJsonObject();
            require(config, "model_type", TYPE, place);
            require(config, "fingerprint", FINGERPRINT, place);
            Task task = Arrays.stream(Task.values())
                    .filter(each -> each.text().equals(config.get("task").getAsString()))
                    .findFirst()
                    .orElseThrow(() -> new MalformedModelException(
                            "Cannot read %s: task is %s (must be classification or regression)"
                                    .formatted(place, config.get("task"))));
            List<String> tasks = new ArrayList<>();
            config.getAsJsonArray("tasks").forEach(name -> tasks.add(name.getAsString()));
            List<Integer> widths = integers(config.getAsJsonArray("widths"));
            float[] values;
            try (var weights = folder.open(WEIGHTS)) {
                values = Safetensors.read(weights, NetworkWeights.layout(widths), folder.location() + "/" + WEIGHTS)
                        .toArray();
            }
            return new LearnedModel(
                    task,
                    tasks,
                    new NetworkWeights(widths, values),
                    known(folder, integers(config.getAsJsonArray("known"))));
        } catch (JsonParseException | IllegalStateException | NullPointerException | NumberFormatException e) {
            throw new MalformedModelException(
                    "Cannot read %s: it is no description of a network on fingerprints (%s)".formatted(place, e));
        } catch (IllegalArgumentException e) {
            throw new MalformedModelException("Cannot read %s: %s".formatted(place, e.getMessage()));
        }
    }

    private static List<long[][]> known(Folder folder, List<Integer> counts) throws IOException {
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

    private static void require(JsonObject config, String key, String value, String place)
            throws MalformedModelException {
        JsonElement given = config.get(key);
        if (given == null || !given.isJsonPrimitive() || !given.getAsString().equals(value)) {
            throw new MalformedModelException(
                    "Cannot read %s: %s is %s (must be %s)".formatted(place, key, given, value));
        }
    }
}
