package io.solera.reward;

import io.solera.lang.Excerpt;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first few failures of a reward in this JVM, each with its sample, to show to the user. */
public final class Problems {
    private static final int EXAMPLES = 3;
    private static final int WIDTH = 80;

    private final List<String> examples = new ArrayList<>();

    public synchronized void note(@Nullable String text, String what) {
        if (examples.size() < EXAMPLES) {
            examples.add("%s: %s".formatted(Excerpt.of(String.valueOf(text), WIDTH), what));
        }
    }

    public synchronized List<String> examples() {
        return List.copyOf(examples);
    }
}
