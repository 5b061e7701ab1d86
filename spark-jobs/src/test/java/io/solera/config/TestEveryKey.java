package io.solera.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.config.yaml.ConfigException;
import io.solera.config.yaml.ConfigWriter;
import io.solera.config.yaml.KebabCase;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/**
 * Every key of every job with values that make no sense: what is refused names that key as the user wrote it, and its
 * line.
 */
class TestEveryKey {
    private static final String TRAINING = """
            rewards:
              qed: {function: qed, weight: 1, shaping: 'linear(0, 1)', at-least: 0.1, at-most: 0.9}
              sa:
            memory: {budget-mib: 0}
            diversity-filter: {}
            stages: [{name: first, rewards: [qed], min-rounds: 1, max-rounds: 2, target: 0.5}]
            stop-when: {validity-below: 0.5, uniqueness-below: 0.5, kl-above: 10, no-improvement-rounds: 3}
            algorithm: {critic: {trunk: policy, coefficient: 0.1}}
            evaluation: {aggregates: [geometric-mean]}
            track: [mlflow]
            export: {rollouts: lab.chem.rollouts, metrics: lab.chem.metrics, format: delta}
            """;
    private static final String REPLAY =
            "replay: {smiles: [CCO], smiles-file: a.csv, separator: ';', encoding: utf-8}\n";
    private static final String PROMPTS =
            "prompts: {table: p.csv, separator: ',', encoding: utf-8, template: '{a}', chat-date: 2026-11-30}\n";
    private static final String LORA = "lora: {targets: [c_attn]}\n";
    private static final String TUNING = """
            table: t.csv
            separator: tab
            encoding: utf-8
            prompt: 'say {a}'
            completion: '{b}'
            chat-date: 2026-11-30
            lora: {targets: [q_proj]}
            """;

    /** What no setting can be, some for every type. */
    private static final List<Object> ABSURD = List.of(
            -1,
            -1.5,
            Double.NaN,
            new Raw("1e400"),
            new Raw("-1e400"),
            new Raw("99999999999999999999"),
            "no such thing(",
            List.of(-1),
            List.of("no such thing("),
            List.of(Map.of("nonsense", 1)),
            Map.of("nonsense", 1));

    /** A scalar as it is written. */
    private record Raw(String text) {}

    /** A job that has a value for each of its keys. */
    private record Whole(String name, Record job, BiFunction<String, List<String>, Record> reader) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Whole> jobs() throws IOException {
        return Stream.of(
                training("replay", TRAINING + REPLAY),
                training("prompts", TRAINING + PROMPTS),
                training("lora", TRAINING + LORA),
                training("quickstart", quickstart("quickstart")),
                training("quickstart-peptides", quickstart("quickstart-peptides")),
                new Whole("sft", SftJob.read(TUNING, List.of()), SftJob::read));
    }

    private static Whole training(String name, String yaml) {
        return new Whole(name, TrainJob.read(yaml, List.of()), TrainJob::read);
    }

    private static String quickstart(String job) throws IOException {
        try (InputStream in = TrainJob.class.getResourceAsStream("/io/solera/" + job + ".yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void whatIsRefusedNamesTheKeyAndItsPlace(Whole whole) {
        String text = ConfigWriter.write(whole.job());
        List<String> keys = keys(whole.job(), "");
        int refused = 0;
        for (String key : keys) {
            int before = refused;
            for (Object value : ABSURD) {
                String changed = changed(text, key, value);
                refused +=
                        refused(key, "at line \\d+", value, () -> whole.reader().apply(changed, List.of()));
                if (!key.contains("[")) {
                    String set = key + "=" + flow(value);
                    refused(key, "in --set .*", value, () -> whole.reader().apply(text, List.of(set)));
                }
            }
            assertThat(refused - before).as(key).isGreaterThan(2); // a list, a mapping and a list of one at least
        }
        assertThat(keys).hasSizeGreaterThan(25);
        assertThat(refused).isGreaterThan(4 * keys.size());
    }

    /** @return 1 when it was refused, and then by a message about the key or what is in it */
    private static int refused(String key, String place, Object value, Runnable reading) {
        try {
            reading.run();
            return 0;
        } catch (RuntimeException e) {
            String within = "\\Q" + key.replaceAll("\\[0]$", "") + "\\E(\\[\\d+])?(\\.nonsense)?";
            String other = "\\Q" + key.replaceAll("[^.]+$", "") + "\\E[a-z-]+";
            String rule = ".*" + key.replaceAll(".*\\.", "").replaceAll("\\[.*", "") + ", -?\\d.*"; // of two keys
            assertThat(e)
                    .as("%s: %s", key, value)
                    .isInstanceOf(ConfigException.class)
                    .message()
                    .matches(("(?s)(Invalid %s: .* %s \\(.*\\)|Unknown key %s %s.*|Missing key %s.*|%s %s: .*"
                                    + "|Invalid %s: .* \\(%s\\))")
                            .formatted(within, place, within, place, within, within, place, other, rule));
            return 1;
        }
    }

    @Test
    void aSettingOfAnotherNameInItsFormulaIsNamedAsTheUserWroteIt() {
        String job = "rewards: {qed: }\n";
        assertThat(messageOf(job + "kl: {coefficient: -1}\n"))
                .isEqualTo("Invalid kl.coefficient: -1 at line 2 (must be 0 or more)");
        assertThat(messageOf(job + "algorithm:\n  critic:\n    gradient-clip: -1\n"))
                .isEqualTo("Invalid algorithm.critic.gradient-clip: -1 at line 4 (must be 0 or more)");
        assertThat(messageOf(job + "algorithm: {critic: {hidden-layers: [16, 0]}}\n"))
                .isEqualTo("Invalid algorithm.critic.hidden-layers: 0 at line 2 (must be 1 or more)");
        assertThat(messageOf("rewards: {qed: {function: 'qed(x=1)'}}\n"))
                .startsWith("rewards.qed.function at line 1: Invalid argument: x of qed(x=1) (");
        assertThat(messageOf("rewards: {qedd: }\n")).startsWith("rewards.qedd at line 1: Invalid reward: qedd (");
    }

    private static String messageOf(String yaml) {
        try {
            return "read: " + TrainJob.read(yaml, List.of());
        } catch (ConfigException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** The path of every leaf of a record, and of one element of each list. */
    private static List<String> keys(Record record, String path) {
        List<String> keys = new ArrayList<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            String key = (path.isEmpty() ? "" : path + ".") + KebabCase.of(component.getName());
            try {
                component.getAccessor().setAccessible(true);
                Object value = component.getAccessor().invoke(record);
                keys.addAll(leaves(value instanceof Optional<?> optional ? optional.orElse(null) : value, key));
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(key, e);
            }
        }
        return keys;
    }

    private static List<String> leaves(Object value, String key) {
        List<String> leaves = new ArrayList<>(List.of(key));
        if (value instanceof Record inner) {
            leaves.addAll(keys(inner, key));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((name, inner) -> leaves.addAll(leaves(inner, key + "." + name)));
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            leaves.addAll(leaves(list.get(0), key + "[0]"));
        }
        return leaves;
    }

    /** The YAML with another value at a path. */
    private static String changed(String text, String path, Object value) {
        Map<String, Object> job = new Yaml().load(text);
        String[] steps = path.split("\\.|(?=\\[)");
        Object at = job;
        for (int i = 0; i < steps.length; i++) {
            boolean last = i == steps.length - 1;
            if (at instanceof List<?> list) {
                if (last) {
                    put(list, value);
                }
                at = list.get(0);
            } else {
                @SuppressWarnings("unchecked")
                Map<String, Object> map = (Map<String, Object>) at;
                if (last) {
                    map.put(steps[i], value);
                }
                at = map.get(steps[i]);
            }
        }
        return flow(job);
    }

    @SuppressWarnings("unchecked")
    private static void put(List<?> list, Object value) {
        ((List<Object>) list).set(0, value);
    }

    private static String flow(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, String> entries = new LinkedHashMap<>();
            map.forEach((key, inner) -> entries.put(String.valueOf(key), flow(inner)));
            return entries.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + entry.getValue())
                    .collect(java.util.stream.Collectors.joining(", ", "{", "}"));
        } else if (value instanceof List<?> list) {
            return list.stream().map(TestEveryKey::flow).collect(java.util.stream.Collectors.joining(", ", "[", "]"));
        } else if (value instanceof String written) {
            return "'" + written.replace("'", "''") + "'";
        } else if (value instanceof Raw raw) {
            return raw.text();
        } else if (value instanceof Double number && number.isNaN()) {
            return ".nan";
        } else if (value instanceof java.util.Date day) {
            return "'2026-11-30'";
        }
        return String.valueOf(value);
    }
}
