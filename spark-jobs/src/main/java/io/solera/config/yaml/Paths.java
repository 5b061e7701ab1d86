package io.solera.config.yaml;

/** Paths of keys with dots, as messages and {@code --set} write them. */
final class Paths {
    private Paths() {}

    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
