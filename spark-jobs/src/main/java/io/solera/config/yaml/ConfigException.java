package io.solera.config.yaml;

import io.solera.problem.Category;
import io.solera.problem.Problem;

/**
 * A job file or a {@code --set} that cannot be read: one line that names the key, where it is and what it must be.
 */
public final class ConfigException extends IllegalArgumentException implements Problem {
    public ConfigException(String message) {
        super(message);
    }

    @Override
    public Category category() {
        return Category.REQUEST;
    }

    static ConfigException invalid(String path, ConfigNode node, String rule) {
        return new ConfigException("Invalid %s: %s %s (%s)".formatted(path, node.shown(), node.place(), rule));
    }
}
