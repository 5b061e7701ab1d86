package io.solera.reward.learned;

import com.google.gson.JsonObject;
import io.solera.checkpoint.ClasspathFolder;
import io.solera.checkpoint.Folder;
import io.solera.checkpoint.MalformedModelException;
import io.solera.checkpoint.Policy;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A learned network with what it reads.
 *
 * @param tasks names of the network's outputs
 * @param known for fingerprints, per task those of the training set's actives (of a regression, of all labelled molecules); else empty
 */
public record LearnedModel(
        Task task, List<String> tasks, Encoding encoding, NetworkWeights weights, List<long[][]> known)
        implements Serializable {
    /** The names of the models that ship with Solera. */
    public static final List<String> SHIPPED = List.of("gsk3", "jnk3");

    /** Finds the policy whose hidden state a model reads. */
    public interface Policies {
        Policy policy(String name) throws IOException;
    }

    public LearnedModel {
        tasks = List.copyOf(tasks);
        known = List.copyOf(known);
        if (tasks.size() != weights.tasks() || known.size() != (encoding instanceof Ecfp4 ? weights.tasks() : 0)) {
            throw new IllegalArgumentException("Invalid tasks: %s (must be %d, one per output)"
                    .formatted(String.join(", ", tasks), weights.tasks()));
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
        return new LearnedModel(network.task(), tasks, encoding, network.weights(), known);
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
    public static LearnedModel read(Folder folder, Policies policies) throws IOException {
        return LearnedModelFolder.read(folder, policies);
    }

    /** @param card what a reader should know of it, for {@code config.json} */
    public void write(Folder folder, JsonObject card) throws IOException {
        LearnedModelFolder.write(folder, this, card);
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
