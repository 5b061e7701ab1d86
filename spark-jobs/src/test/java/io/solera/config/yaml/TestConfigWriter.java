package io.solera.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.config.SampleJob;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TestConfigWriter {

    private static final String DEFAULTS = """
            seed: 1
            rounds: 8
            learning-rate: 0.0001
            keep-rollouts: true
            model: prior
            penalty: loss-term
            hidden: [64]
            rewards:
              sa:
                weight: 0.25
                window: [1.0, 3.0]
                arguments: {}
              qed:
                weight: 1.0
                window: []
                arguments: {}
            clip:
              norm: 0.5
              inner: null
            best-by: null
            target: null
            """;

    @Test
    void writesEveryKeyInOrder() {
        assertThat(ConfigWriter.write(SampleJob.defaults())).isEqualTo(DEFAULTS);
    }

    @Test
    void leavesKeysOutByPath() {
        assertThat(ConfigWriter.write(SampleJob.defaults(), Set.of("rewards.sa", "clip.norm", "model")))
                .doesNotContain("sa:", "norm", "model")
                .contains("qed:", "inner");
    }

    @Test
    void readsBackWhatItWrote() {
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (String text : List.of(
                "",
                " ",
                "a b",
                "true",
                "NULL",
                "null",
                "~",
                "3",
                "1e5",
                ".inf",
                "a: b",
                "a #b",
                "- x",
                "\"q\"",
                "\\",
                "é\n\t\u2028",
                "[x]",
                "{y}",
                "C[C@@H](N)C(=O)O",
                "hdfs://host:1/a",
                "*a",
                "&a",
                "!t",
                "%d",
                "@",
                "'",
                "yes",
                "0x1F",
                "2026-11-24")) {
            arguments.put(text, text);
        }
        arguments.put(
                "numbers",
                List.of(1L, -2L, 0.5, 1e-9, 1e300, Double.MAX_VALUE, Double.MIN_VALUE, 0.1 + 0.2, 123456789.125));
        arguments.put("infinite", Double.NEGATIVE_INFINITY);
        arguments.put("nested", Map.of("a", List.of(Map.of("b", true), List.of())));
        Map<String, SampleJob.Term> rewards = new LinkedHashMap<>();
        rewards.put("z", new SampleJob.Term(0.1, List.of(-0.0, 5e-7), arguments));
        rewards.put("a b", new SampleJob.Term(1, List.of(), Map.of()));
        SampleJob job = new SampleJob(
                Long.MIN_VALUE,
                1,
                1e-12,
                false,
                "",
                SampleJob.Penalty.IN_REWARD,
                List.of(),
                rewards,
                new SampleJob.Clip(1e12, Optional.of(new SampleJob.Inner(3, "x y"))),
                Optional.of("null"),
                1.0);
        String text = ConfigWriter.write(job);
        SampleJob read = ConfigReader.read(text, SampleJob.defaults());
        assertThat(read).isEqualTo(job);
        assertThat(read.rewards().keySet()).containsExactly("z", "a b");
        assertThat(ConfigWriter.write(read)).isEqualTo(text);
    }
}
