package io.solera.config.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings of the command line, {@code key.path=value}, put over those of the file; the last one wins. */
final class Overrides {
    private Overrides() {}

    static ConfigNode.Mapping apply(ConfigNode.Mapping root, List<String> overrides) {
        ConfigNode.Mapping result = root;
        for (String override : overrides) {
            int equals = override.indexOf('=');
            String path = equals < 0 ? "" : override.substring(0, equals).strip();
            List<String> keys = List.of(path.split("\\.", -1));
            if (keys.contains("")) {
                throw new ConfigException("Invalid --set %s (must be key=value or key.key=value)".formatted(override));
            }
            ConfigNode value = YamlReader.value(path, override.substring(equals + 1), override);
            result = with(result, keys, value, "", override);
        }
        return result;
    }

    private static ConfigNode.Mapping with(
            ConfigNode.Mapping parent, List<String> keys, ConfigNode value, String path, String override) {
        String key = keys.get(0);
        String keyPath = Paths.join(path, key);
        Map<String, ConfigNode> entries = new LinkedHashMap<>(parent.entries());
        ConfigNode old = entries.get(key);
        if (keys.size() == 1) {
            entries.put(key, value);
        } else if (old == null || (old instanceof ConfigNode.Scalar scalar && scalar.isNull())) {
            ConfigNode.Mapping empty = new ConfigNode.Mapping(Map.of(), value.place(), true);
            entries.put(key, with(empty, keys.subList(1, keys.size()), value, keyPath, override));
        } else if (old instanceof ConfigNode.Mapping mapping) {
            entries.put(key, with(mapping, keys.subList(1, keys.size()), value, keyPath, override));
        } else {
            throw new ConfigException("Invalid --set %s: %s is %s %s (must be a mapping; set the whole of %s)"
                    .formatted(override, keyPath, old.shown(), old.place(), keyPath));
        }
        return new ConfigNode.Mapping(entries, parent.place(), parent.partial());
    }
}
