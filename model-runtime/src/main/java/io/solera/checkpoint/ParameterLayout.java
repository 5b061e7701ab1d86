package io.solera.checkpoint;

import io.solera.problem.RequestException;
import io.solera.rl.blend.Sections;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The order of a network's named tensors in its flat parameter vector. */
public record ParameterLayout(List<Entry> entries) implements Serializable {
    /** Values of one tensor of a network at most: the engine reads it from a buffer of 2 GiB. */
    public static final int MAX_TENSOR = Integer.MAX_VALUE / Float.BYTES;

    private static final Pattern LAYER = Pattern.compile("\\.(?:h|layers)\\.(\\d+)\\.");

    /** One tensor: its name, its shape (row-major), and where its values start in the flat vector. */
    public record Entry(String name, List<Integer> shape, long offset) implements Serializable {
        /** @throws RequestException when a tensor has more values than an array can have */
        public Entry {
            shape = List.copyOf(shape);
            long size = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
            if (size > Integer.MAX_VALUE) {
                throw new RequestException("Cannot hold tensor %s%s: it has %d values (at most %d)"
                        .formatted(name, shape, size, Integer.MAX_VALUE));
            }
        }

        public int size() {
            return shape.stream().reduce(1, Math::multiplyExact);
        }
    }

    public ParameterLayout {
        entries = List.copyOf(entries);
    }

    /** Number of values in all tensors. */
    public long size() {
        if (entries.isEmpty()) {
            return 0;
        }
        Entry last = entries.get(entries.size() - 1);
        return last.offset() + last.size();
    }

    /** A section for each layer of the network, and {@code rest} for what is before the first or after the last one. */
    public Sections layers() {
        Sections.Builder layers = new Sections.Builder();
        for (Entry entry : entries) {
            Matcher layer = LAYER.matcher(entry.name());
            layers.add(layer.find() ? "layer " + layer.group(1) : "rest", entry.size());
        }
        return layers.build();
    }

    /** Collects tensors in order. */
    public static final class Builder {
        private final List<Entry> entries = new ArrayList<>();
        private long offset;

        public Builder add(String name, Integer... shape) {
            Entry entry = new Entry(name, List.of(shape), offset);
            entries.add(entry);
            offset += entry.size();
            return this;
        }

        public ParameterLayout build() {
            return new ParameterLayout(entries);
        }
    }
}
