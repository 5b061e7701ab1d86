package io.solera.config.yaml;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * YAML text as a tree of {@link ConfigNode}. No object is ever made from a tag. Aliases are expanded, up to
 * {@link #MOST_VALUES} values and {@link #DEEPEST} levels in all.
 */
final class YamlReader {
    static final int MOST_VALUES = 100_000;
    static final int DEEPEST = 30;

    private final @Nullable String override;
    private int values;

    private YamlReader(@Nullable String override) {
        this.override = override;
    }

    /** A file's text. */
    static ConfigNode.Mapping read(String text) {
        try {
            Node root = compose(text);
            if (root == null) {
                throw new ConfigException("Cannot read the configuration: it is empty (it must hold keys and values)");
            }
            ConfigNode node = new YamlReader(null).node(root, "", line(root), 0);
            if (node instanceof ConfigNode.Mapping mapping) {
                return mapping;
            }
            throw new ConfigException("Cannot read the configuration: it is %s (it must hold keys and values)"
                    .formatted(node instanceof ConfigNode.Sequence ? node.shown() : "text"));
        } catch (MarkedYAMLException e) {
            throw new ConfigException("Cannot read YAML: %s at line %d"
                    .formatted(e.getProblem(), e.getProblemMark().getLine() + 1));
        } catch (YAMLException e) {
            throw new ConfigException("Cannot read YAML: %s".formatted(oneLine(e)));
        }
    }

    /** The value of {@code --set path=value}. */
    static ConfigNode value(String path, String text, String override) {
        String place = "in --set " + override;
        try {
            Node root = compose(text);
            return root == null
                    ? new ConfigNode.Scalar("", false, place)
                    : new YamlReader(place).node(root, path, place, 0);
        } catch (YAMLException e) {
            String problem = e instanceof MarkedYAMLException marked ? marked.getProblem() : oneLine(e);
            throw new ConfigException("Invalid --set %s: %s (must be a YAML value)".formatted(override, problem));
        }
    }

    private static @Nullable Node compose(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(DEEPEST);
        return new Yaml(options).compose(new StringReader(text));
    }

    private ConfigNode node(Node node, String path, String place, int depth) {
        if (++values > MOST_VALUES || depth > DEEPEST) {
            throw new ConfigException(
                    "Cannot read YAML: its aliases expand too far %s (must be at most %d values, %d deep)"
                            .formatted(place, MOST_VALUES, DEEPEST));
        }
        if (node instanceof MappingNode mapping) {
            return new ConfigNode.Mapping(entries(mapping, path, depth), place, false);
        }
        if (node instanceof SequenceNode sequence) {
            List<ConfigNode> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(node(item, path + "[" + items.size() + "]", placeOf(item), depth + 1));
            }
            return new ConfigNode.Sequence(items, place);
        }
        ScalarNode scalar = (ScalarNode) node;
        return new ConfigNode.Scalar(scalar.getValue(), scalar.getScalarStyle() != ScalarStyle.PLAIN, place);
    }

    private Map<String, ConfigNode> entries(MappingNode mapping, String path, int depth) {
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String place = placeOf(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
                throw new ConfigException("Cannot read YAML: a key is no text " + place);
            }
            String keyPath = Paths.join(path, scalar.getValue());
            ConfigNode first = entries.get(scalar.getValue());
            if (first != null) {
                throw new ConfigException(
                        "Duplicate key %s %s (the first is %s)".formatted(keyPath, place, first.place()));
            }
            entries.put(scalar.getValue(), node(tuple.getValueNode(), keyPath, place, depth + 1));
        }
        return entries;
    }

    private String placeOf(Node node) {
        return override == null ? line(node) : override;
    }

    private static String line(Node node) {
        return "at line " + (node.getStartMark().getLine() + 1);
    }

    private static String oneLine(YAMLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("it is malformed");
    }
}
