package io.solera.config.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What differs between two resolved configurations, key by key. */
public final class ConfigDifference {
    private ConfigDifference() {}

    /** One text such as {@code seed is 1 there and 2 here} per key that differs, in the order of the files. */
    public static List<String> between(String there, String here) {
        Map<String, String> left = flat(there);
        Map<String, String> right = flat(here);
        Set<String> keys = new LinkedHashSet<>(left.keySet());
        keys.addAll(right.keySet());
        List<String> differences = new ArrayList<>();
        for (String key : keys) {
            String a = left.getOrDefault(key, "absent");
            String b = right.getOrDefault(key, "absent");
            if (!a.equals(b)) {
                differences.add("%s is %s there and %s here".formatted(key, a, b));
            }
        }
        return differences;
    }

    /** The keys in which some configurations differ, each with its value in every one of them. */
    public static Map<String, List<String>> among(List<String> yamls) {
        List<Map<String, String>> flat =
                yamls.stream().map(ConfigDifference::flat).toList();
        Set<String> keys = new LinkedHashSet<>();
        flat.forEach(values -> keys.addAll(values.keySet()));
        Map<String, List<String>> differences = new LinkedHashMap<>();
        for (String key : keys) {
            List<String> values =
                    flat.stream().map(of -> of.getOrDefault(key, "absent")).toList();
            if (Set.copyOf(values).size() > 1) {
                differences.put(key, values);
            }
        }
        return differences;
    }

    /** The values of a configuration by the path of their key. */
    public static Map<String, String> flat(String yaml) {
        Map<String, String> values = new LinkedHashMap<>();
        flatten(YamlReader.read(yaml), "", values);
        return values;
    }

    private static void flatten(ConfigNode node, String path, Map<String, String> values) {
        if (node instanceof ConfigNode.Mapping mapping) {
            mapping.entries().forEach((key, value) -> flatten(value, Paths.join(path, key), values));
        } else if (node instanceof ConfigNode.Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                flatten(sequence.items().get(i), path + "[" + i + "]", values);
            }
        } else {
            values.put(path, ((ConfigNode.Scalar) node).shown());
        }
    }
}
