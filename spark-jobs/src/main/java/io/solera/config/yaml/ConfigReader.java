package io.solera.config.yaml;

import io.solera.problem.SettingException;
import java.util.List;
import java.util.Optional;

/**
 * Job files: strict YAML, read into a record. A component {@code learningRate} is the key {@code learning-rate}; a key
 * that is absent keeps the value of the defaults; a map in the file replaces the default map, and a record in it starts
 * from the default map's record of that key, else from its type's static {@code defaults()}. Whatever is wrong is a
 * {@link ConfigException} that names the key and its line.
 */
public final class ConfigReader {
    private ConfigReader() {}

    public static <R extends Record> R read(String yaml, R defaults) {
        return read(yaml, defaults, List.of());
    }

    /** @param overrides as {@code --set} takes them, {@code key.path=value} with a YAML value */
    @SuppressWarnings("unchecked")
    public static <R extends Record> R read(String yaml, R defaults, List<String> overrides) {
        ConfigNode.Mapping tree = Overrides.apply(YamlReader.read(yaml), overrides);
        return (R) RecordBinder.bind(tree, defaults.getClass(), defaults, "");
    }

    /** The scalar that a job has under a path of keys; empty where it has none, or something else. */
    public static Optional<String> text(String yaml, List<String> overrides, String path) {
        return Overrides.apply(YamlReader.read(yaml), overrides).find(path) instanceof ConfigNode.Scalar scalar
                        && !scalar.isNull()
                ? Optional.of(scalar.text())
                : Optional.empty();
    }

    /** What was refused of a setting after the job was read, with the place where the user wrote its key. */
    public static ConfigException at(String yaml, List<String> overrides, SettingException refused) {
        return RecordBinder.refused(refused, Overrides.apply(YamlReader.read(yaml), overrides), "");
    }

    /** @throws ConfigException naming a file, when its text is not YAML with keys and values */
    public static void requireYaml(String yaml, String file) {
        try {
            YamlReader.read(yaml);
        } catch (ConfigException e) {
            throw new ConfigException(file + ": " + e.getMessage());
        }
    }
}
