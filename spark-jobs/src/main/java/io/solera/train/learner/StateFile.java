package io.solera.train.learner;

import io.solera.checkpoint.ParameterLayout;
import io.solera.checkpoint.Safetensors;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.rl.AdamW;
import io.solera.rl.BlockVector;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is being trained, as one safetensors file: for each part, such as {@code policy} or {@code critic.qed}, its parameters and
 * AdamW's two moments; the numbers of steps stand in the header, and texts such as a memory.
 */
public final class StateFile {
    private static final String PARAMETERS = ".parameters";
    private static final String FIRST = ".first-moment";
    private static final String SECOND = ".second-moment";
    private static final String STEPS = ".steps";

    /** One part. */
    private record Part(BlockVector parameters, AdamW.State optimizer) {}

    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final Map<String, String> words = new LinkedHashMap<>();

    public static StateFile of(String name, BlockVector parameters, AdamW.State optimizer) {
        return new StateFile().with(name, parameters, optimizer);
    }

    public static Map<String, Long> sizes(String name, long size) {
        Map<String, Long> sizes = new LinkedHashMap<>();
        sizes.put(name, size);
        return sizes;
    }

    StateFile with(String name, BlockVector parameters, AdamW.State optimizer) {
        parts.put(name, new Part(parameters, optimizer));
        return this;
    }

    /** Keeps a text beside the numbers. */
    StateFile with(String name, String text) {
        words.put(name, text);
        return this;
    }

    Optional<String> word(String name) {
        return Optional.ofNullable(words.get(name));
    }

    public BlockVector parameters(String name) {
        return part(name).parameters();
    }

    public AdamW.State optimizer(String name) {
        return part(name).optimizer();
    }

    public static void write(OutputStream out, StateFile state) throws IOException {
        Map<String, Long> sizes = new LinkedHashMap<>();
        state.parts.forEach((name, part) -> sizes.put(name, part.parameters().size()));
        List<BlockVector> values = new ArrayList<>();
        Map<String, String> words = new LinkedHashMap<>(state.words);
        state.parts.forEach((name, part) -> {
            words.put(name + STEPS, Long.toString(part.optimizer().steps()));
            values.add(part.parameters());
            values.add(part.optimizer().first());
            values.add(part.optimizer().second());
        });
        Safetensors.write(out, layout(sizes), values, words);
    }

    /**
     * @param sizes of the parts that must be there, in order
     * @throws MalformedModelException when the file is damaged or holds other parts
     */
    public static StateFile read(InputStream in, Map<String, Long> sizes, String location) throws IOException {
        Safetensors.Content content = Safetensors.readAll(in, layout(sizes), location);
        BlockVector values = content.values();
        StateFile state = new StateFile();
        state.words.putAll(content.metadata());
        long offset = 0;
        for (Map.Entry<String, Long> entry : sizes.entrySet()) {
            long size = entry.getValue();
            String steps = content.metadata().get(entry.getKey() + STEPS);
            if (steps == null || !steps.matches("[0-9]{1,18}")) {
                throw new MalformedModelException("Cannot read %s: it does not say the steps of %s (%s)"
                        .formatted(location, entry.getKey(), steps));
            }
            state.with(
                    entry.getKey(),
                    values.range(offset, size),
                    new AdamW.State(
                            values.range(offset + size, size),
                            values.range(offset + 2 * size, size),
                            Long.parseLong(steps)));
            offset += 3 * size;
        }
        return state;
    }

    private Part part(String name) {
        Part part = parts.get(name);
        if (part == null) {
            throw new IllegalArgumentException(
                    "Cannot find %s in a state: it holds %s".formatted(name, parts.keySet()));
        }
        return part;
    }

    private static ParameterLayout layout(Map<String, Long> sizes) {
        ParameterLayout.Builder layout = new ParameterLayout.Builder();
        sizes.forEach((name, size) -> {
            int length = Math.toIntExact(size);
            layout.add(name + PARAMETERS, length).add(name + FIRST, length).add(name + SECOND, length);
        });
        return layout.build();
    }
}
