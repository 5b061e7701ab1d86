package io.solera.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.config.SampleJob;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestConfigReader {

    @Test
    void keysThatAreAbsentKeepTheirDefaults() {
        SampleJob job = read("rounds: 3");
        assertThat(job.rounds()).isEqualTo(3);
        assertThat(job.learningRate()).isEqualTo(1e-4);
        assertThat(job.rewards().keySet()).containsExactly("sa", "qed");
        assertThat(job.target()).isNull();
        assertThat(job.bestBy()).isEmpty();
    }

    @Test
    void readsEveryType() {
        SampleJob job = read("""
                seed: -9223372036854775808
                rounds: 1e2
                learning-rate: .5
                keep-rollouts: false
                model: 007   # text stays as it is written
                penalty: in-reward
                hidden: [3, 4]
                rewards:
                  tpsa:
                    weight: 2
                    window: [-1, .inf]
                    arguments: {target: CCO, limit: 3, cut: 0.5, exact: true, text: "3", more: [1, {a: b}]}
                  logp:
                  mw: {}
                clip:
                  inner: {a: 1, b: x}
                best-by: hypervolume
                target: 0.03
                """);
        assertThat(job.seed()).isEqualTo(Long.MIN_VALUE);
        assertThat(job.rounds()).isEqualTo(100);
        assertThat(job.learningRate()).isEqualTo(0.5);
        assertThat(job.keepRollouts()).isFalse();
        assertThat(job.model()).isEqualTo("007");
        assertThat(job.penalty()).isEqualTo(SampleJob.Penalty.IN_REWARD);
        assertThat(job.hidden()).containsExactly(3, 4);
        assertThat(job.rewards().keySet()).containsExactly("tpsa", "logp", "mw");
        assertThat(job.rewards().get("logp")).isEqualTo(SampleJob.Term.defaults());
        assertThat(job.rewards().get("tpsa").window()).containsExactly(-1.0, Double.POSITIVE_INFINITY);
        Map<String, Object> arguments = job.rewards().get("tpsa").arguments();
        assertThat(arguments.keySet()).containsExactly("target", "limit", "cut", "exact", "text", "more");
        assertThat(arguments.values()).containsExactly("CCO", 3L, 0.5, true, "3", List.of(1L, Map.of("a", "b")));
        assertThat(job.clip()).isEqualTo(new SampleJob.Clip(0.5, Optional.of(new SampleJob.Inner(1, "x"))));
        assertThat(job.bestBy()).contains("hypervolume");
        assertThat(job.target()).isEqualTo(0.03);
    }

    @Test
    void nullEmptiesWhatMayBeAbsent() {
        SampleJob defaults = read("best-by: qed\ntarget: 1\nclip: {inner: {a: 1, b: x}}");
        SampleJob job = ConfigReader.read("best-by: ~\ntarget: null\nclip: {inner: }", defaults);
        assertThat(job.bestBy()).isEmpty();
        assertThat(job.target()).isNull();
        assertThat(job.clip().inner()).isEmpty();
    }

    @Test
    void partOfARecordInTheFileKeepsTheRestOfTheDefault() {
        SampleJob defaults = read("clip: {norm: 2, inner: {a: 1, b: x}}");
        assertThat(ConfigReader.read("clip: {inner: {b: y}}", defaults).clip())
                .isEqualTo(new SampleJob.Clip(2, Optional.of(new SampleJob.Inner(1, "y"))));
    }

    @Test
    void namesTheNearestKeyAndTheLineOfAnUnknownOne() {
        refuses("seed: 1\n\nlearning_rate: 1", "Unknown key learning_rate at line 3 (did you mean learning-rate?)");
        refuses("rewards:\n  qed:\n    wieght: 1", "Unknown key rewards.qed.wieght at line 3 (did you mean weight?)");
        refuses("learningRate: 1", "Unknown key learningRate at line 1 (did you mean learning-rate?)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rounds: many            | Invalid rounds: many at line 1 (must be a whole number)
            rounds: 1.5             | Invalid rounds: 1.5 at line 1 (must be a whole number)
            rounds: "3"             | Invalid rounds: "3" at line 1 (must be a whole number)
            rounds: 0x10            | Invalid rounds: 0x10 at line 1 (must be a whole number)
            rounds: 3000000000      | Invalid rounds: 3000000000 at line 1 (must be a whole number of at most \
            2147483647)
            rounds:                 | Invalid rounds: null at line 1 (must be a whole number)
            rounds: [1]             | Invalid rounds: a list at line 1 (must be a whole number)
            seed: 9223372036854775808 | Invalid seed: 9223372036854775808 at line 1 (must be a whole number)
            learning-rate: 1e-4f    | Invalid learning-rate: 1e-4f at line 1 (must be a number)
            learning-rate: .nan     | Invalid learning-rate: .nan at line 1 (must be a number)
            keep-rollouts: yes      | Invalid keep-rollouts: yes at line 1 (must be true or false)
            model: {a: b}           | Invalid model: a mapping at line 1 (must be text)
            penalty: IN_REWARD      | Invalid penalty: IN_REWARD at line 1 (must be one of loss-term, in-reward)
            hidden: 3               | Invalid hidden: 3 at line 1 (must be a list)
            hidden: [3, x]          | Invalid hidden[1]: x at line 1 (must be a whole number)
            rewards: [qed, sa]      | Invalid rewards: a list at line 1 (must be a mapping of keys to values)
            rewards: {x: {arguments: {a: ~}}} | Invalid rewards.x.arguments.a: null at line 1 (must be a value)
            rewards: {qed: 3}       | Invalid rewards.qed: 3 at line 1 (must be a mapping of keys to values)
            """)
    void namesTheValueTheLineAndTheTypeOfAWrongOne(String yaml, String message) {
        refuses(yaml, message);
    }

    @Test
    void checksOfARecordGetThePathAndTheLine() {
        refuses("seed: 1\nrounds: 0", "Invalid rounds: 0 at line 2 (must be at least 1)");
        refuses(
                "rewards:\n  qed:\n    window: []\n    weight: -1",
                "Invalid rewards.qed.weight: -1 at line 4 (must be 0 or more)");
        refuses("rewards:\n  qed:\n    weight: 11", "Invalid rewards.qed.weight: 11 at line 3 (must be at most 10)");
        refuses("rewards:\n  qed:\n    window: [1]", "rewards.qed at line 2: A window has two ends");
        refuses("rounds: 2000", "There is too much to do");
    }

    @Test
    void namesAKeyThatIsMissing() {
        refuses("clip:\n  inner:\n    a: 1", "Missing key clip.inner.b at line 2 (it has no default)");
    }

    @Test
    void refusesDuplicateKeys() {
        refuses("clip:\n  norm: 1\n  norm: 2", "Duplicate key clip.norm at line 3 (the first is at line 2)");
    }

    @Test
    void refusesWhatIsNoMapping() {
        String rule = " (it must hold keys and values)";
        refuses("", "Cannot read the configuration: it is empty" + rule);
        refuses("# nothing\n", "Cannot read the configuration: it is empty" + rule);
        refuses("~", "Cannot read the configuration: it is text" + rule);
        refuses("- 1", "Cannot read the configuration: it is a list" + rule);
    }

    @Test
    void namesTheLineOfBrokenYaml() {
        refuses(
                "seed: 1\n\trounds: 2",
                "Cannot read YAML: found character '\\t(TAB)' that cannot start any token."
                        + " (Do not use \\t(TAB) for indentation) at line 2");
        refuses("hidden: [1, 2", "Cannot read YAML: expected ',' or ']', but got <stream end> at line 1");
        refuses("seed: 1\n---\nseed: 2", "Cannot read YAML: but found another document at line 2");
        refuses("seed: *a", "Cannot read YAML: found undefined alias a at line 1");
        refuses("[a, b]: 1", "Cannot read YAML: a key is no text at line 1");
    }

    @Test
    void expandsAliasesWithinBounds() {
        assertThat(read("hidden: &a [1]\nrewards: {qed: {arguments: {x: *a}}}")
                        .rewards()
                        .get("qed")
                        .arguments())
                .isEqualTo(Map.of("x", List.of(1L)));
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 25; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThatThrownBy(() -> read(bomb.toString()))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("Cannot read YAML: ");
        refuses(
                "hidden: &a [*a]",
                "Cannot read YAML: its aliases expand too far at line 1 (must be at most 100000 values, 30 deep)");
    }

    @Test
    void makesNoObjectOfATag() {
        refuses(
                "model: !!java.net.URL [x]",
                "Cannot read YAML: Global tag is not allowed: tag:yaml.org,2002:java.net.URL at line 1");
    }

    @Test
    void overridesComeAfterTheFile() {
        SampleJob job = read(
                "rounds: 3\nrewards:\n  qed:\n    weight: 1\n  sa:\n",
                "rounds=4",
                "rewards.qed.weight=0.4",
                "rewards.sa.window=[1, 2]",
                "rewards.tpsa={weight: 3}",
                "clip.inner.a=1",
                "clip.inner.b=x=y",
                "rounds=5");
        assertThat(job.rounds()).isEqualTo(5);
        assertThat(job.rewards().keySet()).containsExactly("qed", "sa", "tpsa");
        assertThat(job.rewards().get("qed").weight()).isEqualTo(0.4);
        assertThat(job.rewards().get("sa").window()).containsExactly(1.0, 2.0);
        assertThat(job.clip().inner()).contains(new SampleJob.Inner(1, "x=y"));
    }

    @Test
    void overrideOfOneRewardKeepsTheOthersOfTheDefault() {
        SampleJob job = read("seed: 1", "rewards.sa.weight=0.4");
        assertThat(job.rewards().keySet()).containsExactly("sa", "qed");
        assertThat(job.rewards().get("sa")).isEqualTo(new SampleJob.Term(0.4, List.of(1.0, 3.0), Map.of()));
    }

    @Test
    void namesTheOverrideThatIsWrong() {
        refuses(
                "seed: 1",
                "Unknown key rewards.qed.wieght in --set rewards.qed.wieght=1 (did you mean weight?)",
                "rewards.qed.wieght=1");
        refuses("seed: 1", "Invalid rounds: x in --set rounds=x (must be a whole number)", "rounds=x");
        refuses("rounds: 1", "Invalid rounds: 0 in --set rounds=0 (must be at least 1)", "rounds=0");
        refuses("rounds: 1", "Invalid rounds: null in --set rounds= (must be a whole number)", "rounds=");
        refuses("seed: 1", "Invalid --set rounds (must be key=value or key.key=value)", "rounds");
        refuses("seed: 1", "Invalid --set =3 (must be key=value or key.key=value)", "=3");
        refuses("seed: 1", "Invalid --set a..b=3 (must be key=value or key.key=value)", "a..b=3");
        refuses(
                "rounds: 1",
                "Invalid --set rounds.x=1: rounds is 1 at line 1 (must be a mapping; set the whole of rounds)",
                "rounds.x=1");
        refuses(
                "seed: 1",
                "Invalid --set hidden=[1: expected ',' or ']', but got <stream end> (must be a YAML value)",
                "hidden=[1");
    }

    @Test
    void differencesAreToldKeyByKey() {
        String there = ConfigWriter.write(read("seed: 1\nhidden: [1, 2]"));
        String here = ConfigWriter.write(read("seed: 2\nhidden: [1]\nrewards: {sa: {weight: 3}}"));
        assertThat(ConfigDifference.between(there, here))
                .containsExactly(
                        "seed is 1 there and 2 here",
                        "hidden[1] is 2 there and absent here",
                        "rewards.sa.weight is 0.25 there and 3.0 here",
                        "rewards.qed.weight is 1.0 there and absent here");
        assertThat(ConfigDifference.between(there, there)).isEmpty();
    }

    private static SampleJob read(String yaml, String... overrides) {
        return ConfigReader.read(yaml, SampleJob.defaults(), List.of(overrides));
    }

    private static void refuses(String yaml, String message, String... overrides) {
        assertThatThrownBy(() -> read(yaml, overrides))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
    }
}
