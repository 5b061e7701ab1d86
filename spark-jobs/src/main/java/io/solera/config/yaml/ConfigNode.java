package io.solera.config.yaml;

import io.solera.lang.Excerpt;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A YAML value and its place, which messages name: {@code at line 3}, or {@code in --set seed=x}. */
sealed interface ConfigNode {
    String place();

    /** The value in a message. */
    String shown();

    /** Text, which the record's component gives a type; quoted text is never a number, a truth value or null. */
    record Scalar(String text, boolean quoted, String place) implements ConfigNode {
        private static final int MAX_SHOWN = 60;

        boolean isNull() {
            return !quoted && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }

        @Override
        public String shown() {
            if (isNull()) {
                return "null";
            }
            String cut = Excerpt.of(text, MAX_SHOWN);
            return quoted ? '"' + cut + '"' : cut;
        }
    }

    record Sequence(List<ConfigNode> items, String place) implements ConfigNode {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String shown() {
            return "a list";
        }
    }

    /**
     * Values by key, in the order of the file.
     *
     * @param partial whether {@code --set} made it, so that it adds to a default map and does not replace it
     */
    record Mapping(Map<String, ConfigNode> entries, String place, boolean partial) implements ConfigNode {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public String shown() {
            return "a mapping";
        }

        /**
         * The value under a path of keys with dots and places in lists, such as {@code stages[0].target}; null when
         * there is none.
         */
        @Nullable
        ConfigNode find(String path) {
            ConfigNode node = this;
            for (String step : path.split("\\.|(?=\\[)", -1)) {
                node = node == null ? null : inside(node, step);
            }
            return node;
        }

        private static @Nullable ConfigNode inside(ConfigNode node, String step) {
            if (node instanceof Mapping mapping) {
                return mapping.entries.get(step);
            } else if (node instanceof Sequence sequence && step.matches("\\[\\d{1,6}]")) {
                int place = Integer.parseInt(step.substring(1, step.length() - 1));
                return place < sequence.items().size() ? sequence.items().get(place) : null;
            }
            return null;
        }
    }
}
