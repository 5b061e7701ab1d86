package io.solera.checkpoint;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The order of a network's named tensors in its flat parameter vector. */
public record ParameterLayout(List<Entry> entries) implements Serializable {
    /** One tensor: its name, its shape (row-major), and where its values start in the flat vector. */
    public record Entry(String name, List<Integer> shape, int offset) implements Serializable {
        public Entry {
            shape = List.copyOf(shape);
        }

        public int size() {
            return shape.stream().reduce(1, Math::multiplyExact);
        }
    }

    public ParameterLayout {
        entries = List.copyOf(entries);
    }

    /** Number of values in all tensors. */
    public int size() {
        if (entries.isEmpty()) {
            return 0;
        }
        Entry last = entries.get(entries.size() - 1);
        return Math.addExact(last.offset(), last.size());
    }

    /** Collects tensors in order. */
    public static final class Builder {
        private final List<Entry> entries = new ArrayList<>();
        private int offset;

        public Builder add(String name, Integer... shape) {
            Entry entry = new Entry(name, List.of(shape), offset);
            entries.add(entry);
            try {
                offset = Math.addExact(offset, entry.size());
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException(
                        "Cannot hold tensor %s%s: together with those before it there are more than %d values"
                                .formatted(name, entry.shape(), Integer.MAX_VALUE),
                        e);
            }
            return this;
        }

        public ParameterLayout build() {
            return new ParameterLayout(entries);
        }
    }
}
