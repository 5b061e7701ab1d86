package io.solera.text.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The variable {@code loop} in an iteration; it is read-only.
 *
 * @param k index of the iteration, from 0
 */
record Loop(int k, List<Object> entries) {
    /** The attribute of that name, or null. */
    @Nullable
    Object field(String name) {
        int size = entries.size();
        return switch (name) {
            case "index" -> k + 1L;
            case "index0" -> (long) k;
            case "revindex" -> (long) size - k;
            case "revindex0" -> (long) size - k - 1;
            case "first" -> k == 0;
            case "last" -> k == size - 1;
            case "length" -> (long) size;
            case "previtem" -> k > 0 ? entries.get(k - 1) : null;
            case "nextitem" -> k < size - 1 ? entries.get(k + 1) : null;
            case "cycle" -> (Values.Function) this::cycle;
            default -> null;
        };
    }

    private Object cycle(Arguments given) {
        if (given.positional().isEmpty()) {
            throw new TemplateException("cycle needs an argument");
        }
        return given.positional().get(k % given.positional().size());
    }
}
