package io.solera.train.learner;

import io.solera.checkpoint.ParameterLayout;
import io.solera.checkpoint.Safetensors;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.rl.AdamW;
import io.solera.rl.BlockVector;
import io.solera.rl.Blocks;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Vectors in training as one safetensors file: for each part, such as {@code policy} or {@code critic.qed}, its
 * parameters, AdamW's two moments, or both; the numbers of steps are in the header, and texts such as a memory. A
 * reader gets the vectors that it asks for, and the others are skipped.
 */
public final class StateFile {
    /** The part that is the policy, or the adapter. */
    public static final String POLICY = "policy";

    private static final String PARAMETERS = ".parameters";
    /** The first tensor of what a learner trains; the others of a long vector follow it. */
    static final String THETA = POLICY + PARAMETERS;

    private static final String FIRST = ".first-moment";
    private static final String SECOND = ".second-moment";
    private static final String STEPS = ".steps";

    /** Numbers of one tensor at most; a longer vector is several. */
    private static final long CHUNK = 1L << 30;

    private final Map<String, Blocks> vectors = new LinkedHashMap<>();
    private final Map<String, String> words = new LinkedHashMap<>();
    private String location = "a state";

    public StateFile with(String part, BlockVector parameters) {
        vectors.put(part + PARAMETERS, parameters);
        return this;
    }

    public StateFile with(String part, AdamW.State moments) {
        vectors.put(part + FIRST, moments.first());
        vectors.put(part + SECOND, moments.second());
        words.put(part + STEPS, Long.toString(moments.steps()));
        return this;
    }

    /** A vector under a name of its own. */
    public StateFile vector(String name, Blocks vector) {
        vectors.put(name, vector);
        return this;
    }

    /** Keeps a text next to the numbers. */
    StateFile with(String name, String text) {
        words.put(name, text);
        return this;
    }

    Optional<String> word(String name) {
        return Optional.ofNullable(words.get(name));
    }

    public BlockVector parameters(String part) {
        return vector(part + PARAMETERS);
    }

    boolean hasMoments(String part) {
        return vectors.containsKey(part + FIRST);
    }

    /** @throws MalformedModelException when the file does not say their number of steps */
    public AdamW.State moments(String part) throws MalformedModelException {
        String steps = words.get(part + STEPS);
        if (steps == null || !steps.matches("[0-9]{1,18}")) {
            throw new MalformedModelException(
                    "Cannot read %s: it does not say the steps of %s (%s)".formatted(location, part, steps));
        }
        return new AdamW.State(vector(part + FIRST), vector(part + SECOND), Long.parseLong(steps));
    }

    public void write(OutputStream out) throws IOException {
        ParameterLayout.Builder layout = new ParameterLayout.Builder();
        vectors.forEach((name, vector) -> chunks(name, vector.size()).forEach(layout::add));
        Safetensors.write(out, layout.build(), List.copyOf(vectors.values()), words);
    }

    /** What a reader asks for. */
    public static final class Wanted {
        private final Map<String, Long> sizes = new LinkedHashMap<>();
        private final Set<String> optional = new HashSet<>();

        public Wanted vector(String name, long size) {
            sizes.put(name, size);
            return this;
        }

        public Wanted parameters(String part, long size) {
            sizes.put(part + PARAMETERS, size);
            return this;
        }

        public Wanted moments(String part, long size) {
            sizes.put(part + FIRST, size);
            sizes.put(part + SECOND, size);
            return this;
        }

        /** The same, where the file has some. */
        Wanted momentsIfAny(String part, long size) {
            optional.add(part + FIRST);
            optional.add(part + SECOND);
            return moments(part, size);
        }

        /** @throws MalformedModelException when the file is damaged, or lacks one of them */
        public StateFile read(InputStream in, String location) throws IOException {
            ParameterLayout.Builder layout = new ParameterLayout.Builder();
            Set<String> mayLack = new HashSet<>();
            sizes.forEach((name, size) -> chunks(name, size).forEach((chunk, length) -> {
                layout.add(chunk, length);
                if (optional.contains(name)) {
                    mayLack.add(chunk);
                }
            }));
            Safetensors.Tensors tensors = Safetensors.readSome(in, layout.build(), mayLack::contains, location);
            StateFile state = new StateFile();
            state.location = location;
            state.words.putAll(tensors.metadata());
            sizes.forEach((name, size) -> {
                List<BlockVector> parts = chunks(name, size).keySet().stream()
                        .filter(tensors.values()::containsKey)
                        .map(tensors.values()::get)
                        .toList();
                if (!parts.isEmpty()) {
                    state.vectors.put(name, joined(parts));
                }
            });
            return state;
        }
    }

    public BlockVector vector(String name) {
        Blocks vector = vectors.get(name);
        if (vector == null) {
            throw new IllegalArgumentException(
                    "Cannot find %s in %s: it holds %s".formatted(name, location, vectors.keySet()));
        }
        return vector.whole();
    }

    private static Map<String, Integer> chunks(String name, long size) {
        Map<String, Integer> chunks = new LinkedHashMap<>();
        long done = 0;
        do {
            int length = (int) Math.min(CHUNK, size - done);
            chunks.put(done == 0 ? name : name + "." + done / CHUNK, length);
            done += length;
        } while (done < size);
        return chunks;
    }

    /** Shares the blocks, which a chunk is a whole number of. */
    private static BlockVector joined(List<BlockVector> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        List<float[]> blocks = new ArrayList<>();
        for (BlockVector part : parts) {
            for (int b = 0; b < part.blocks(); b++) {
                blocks.add(part.block(b));
            }
        }
        return BlockVector.ofBlocks(blocks);
    }
}
