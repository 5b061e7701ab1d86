package io.solera.config.yaml;

import java.util.Locale;

/** The spelling of keys and choices in files: {@code learningRate} is {@code learning-rate}, {@code IN_REWARD} is {@code in-reward}. */
public final class KebabCase {
    private KebabCase() {}

    public static String of(String component) {
        return component.replaceAll("(?<=.)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    public static String of(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
