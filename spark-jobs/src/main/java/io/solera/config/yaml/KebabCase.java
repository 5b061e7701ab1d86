package io.solera.config.yaml;

import java.util.Locale;

/**
 * The spelling of keys in files: {@code learningRate} is {@code learning-rate}. Choices:
 * {@link io.solera.lang.EnumText}.
 */
public final class KebabCase {
    private KebabCase() {}

    public static String of(String component) {
        return component.replaceAll("(?<=.)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
