package io.solera.reward.learned;

import com.google.gson.JsonObject;
import io.solera.checkpoint.file.ClasspathFolder;
import io.solera.checkpoint.file.Folder;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.reward.learned.encoding.Ecfp4;
import io.solera.reward.learned.encoding.Encoding;
import io.solera.reward.learned.encoding.Features;
import io.solera.reward.learned.encoding.HiddenState;
import io.solera.reward.learned.encoding.OneHot;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A learned network with what it reads.
 *
 * @param tasks names of the network's outputs
 * @param known for fingerprints, per task those of the training set's actives (of a regression, of all labelled molecules); else empty
 * @param seen for sequences, what the network was trained on; null for others, and for a network of before that was kept
 */
public record LearnedModel(
        Task task,
        List<String> tasks,
        Encoding encoding,
        NetworkWeights weights,
        List<long[][]> known,
        @Nullable SequenceDomain seen)
        implements Serializable {
    /** The names of the models that ship with Solera. */
    public static final List<String> SHIPPED = List.of("gsk3", "jnk3");

    LearnedModel(Task task, List<String> tasks, Encoding encoding, NetworkWeights weights, List<long[][]> known) {
        this(task, tasks, encoding, weights, known, null);
    }

    public LearnedModel {
        tasks = List.copyOf(tasks);
        known = List.copyOf(known);
        if (tasks.size() != weights.tasks() || known.size() != (encoding instanceof Ecfp4 ? weights.tasks() : 0)) {
            throw new IllegalArgumentException("Invalid tasks: %s (must be %d, one per output)"
                    .formatted(String.join(", ", tasks), weights.tasks()));
        }
        if (seen != null
                && (!seen.encoding().equals(encoding)
                        || seen.lowest().length != tasks.size()
                        || seen.highest().length != tasks.size())) {
            throw new IllegalArgumentException("Invalid domain: it is of %d tasks on %s (must be of the network's)"
                    .formatted(seen.lowest().length, seen.encoding().phrase()));
        }
        if (encoding.width() != weights.inputs()) {
            throw new IllegalArgumentException("Invalid widths: %s (must begin with %d, the width of %s)"
                    .formatted(weights.widths(), encoding.width(), encoding.phrase()));
        }
    }

    /** A trained network and what it was trained on. */
    public static LearnedModel of(
            List<String> tasks, Encoding encoding, FeatureNetwork network, LabelledTexts training) {
        List<long[][]> known = new ArrayList<>();
        for (int k = 0; k < (encoding instanceof Ecfp4 ? tasks.size() : 0); k++) {
            List<long[]> of = new ArrayList<>();
            for (int i = 0; i < training.size(); i++) {
                float label = training.labels()[i][k];
                boolean counts = network.task() == Task.CLASSIFICATION ? label > 0.5 : !Float.isNaN(label);
                if (counts && training.features().get(i) instanceof Features.Bits bits) {
                    of.add(bits.words());
                }
            }
            known.add(of.toArray(long[][]::new));
        }
        SequenceDomain seen = encoding instanceof OneHot oneHot ? SequenceDomain.of(oneHot, training) : null;
        return new LearnedModel(network.task(), tasks, encoding, network.weights(), known, seen);
    }

    /** One of {@link #SHIPPED}. */
    public static LearnedModel shipped(String name) throws IOException {
        return read(new ClasspathFolder("io/solera/reward/learned/" + name));
    }

    /** A model that reads no policy. */
    public static LearnedModel read(Folder folder) throws IOException {
        return read(folder, name -> {
            throw new FileNotFoundException("Cannot read %s: it reads the hidden state of a policy, %s (use it as head)"
                    .formatted(folder.location(), name));
        });
    }

    /** @throws MalformedModelException when it is damaged, not such a model, or made with another policy than it finds */
    public static LearnedModel read(Folder folder, HiddenState.Policies policies) throws IOException {
        return LearnedModelFolder.read(folder, policies);
    }

    /** @param card what a reader should know of it, for {@code config.json} */
    public void write(Folder folder, JsonObject card) throws IOException {
        LearnedModelFolder.write(folder, this, card);
    }

    /**
     * What counts far from the training set.
     *
     * @param rule none, filter or ceiling
     * @param similarity a number, or "usual": that which 95 % of the training sequences have to their nearest other
     */
    public Domain domain(String rule, String similarity) {
        if (!similarity.equals("usual")) {
            return Domain.parse(rule, similarity);
        }
        if (seen == null) {
            return Domain.parse(rule, "1");
        }
        if (seen.usual() == 0 && !rule.equals("none")) {
            throw new IllegalArgumentException(
                    "Invalid similarity: usual (must be a number: the training sequences have nothing in common)");
        }
        return Domain.parse(rule, String.valueOf(seen.usual() == 0 ? 1 : seen.usual()));
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
}
