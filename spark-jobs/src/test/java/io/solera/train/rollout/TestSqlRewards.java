package io.solera.train.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.config.TrainJob;
import io.solera.problem.SettingException;
import io.solera.reward.sql.HadoopResources;
import io.solera.train.TinyRun;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rewards that are expressions of SQL, next to others of a job. */
class TestSqlRewards {
    private static final List<DrawnSample> SAMPLES =
            List.of(sample("CCO", 4), sample("CCCCCCCC", 9), sample("C(", 3), sample(null, 40));

    @BeforeAll
    static void open() {
        TinyRun.spark();
    }

    private static DrawnSample sample(@Nullable String text, int tokens) {
        return new DrawnSample(
                text, new Prompt("say", new int[] {1, 2}, Map.of("goal", "CCO", "least", "5")), new int[tokens], true);
    }

    private static RewardSet set(String... rewards) throws IOException {
        TrainJob job = TrainJob.read("rewards:\n  " + String.join("\n  ", rewards) + "\n", List.of());
        return RewardSet.of(
                job.rewards(), new HadoopResources(new Configuration(), Set.of()), List.of("goal", "least", "text"));
    }

    /** raw, shaped and status of each sample. */
    private static List<String> told(RewardSet set, String reward, String... used) {
        return set
                .score(SAMPLES, used.length == 0 ? set.names() : List.of(used))
                .get(set.names().indexOf(reward))
                .stream()
                .map(of -> "%.3f %.3f %s".formatted(of.raw(), of.shaped(), of.status()))
                .toList();
    }

    @Test
    void areScoredAfterWhatTheyRead() throws IOException {
        RewardSet set = set(
                "both: {sql: 'heavy_shaped * short', shaping: 'linear(0, 2)'}",
                "short: {sql: 'exp(-abs(n_tokens - 9) / 5)'}",
                "heavy: {function: mw, shaping: 'linear(46.069, 114.23)'}");
        assertThat(set.names()).containsExactly("both", "short", "heavy");
        assertThat(told(set, "short"))
                .containsExactly("0.368 0.368 ok", "1.000 1.000 ok", "0.301 0.301 ok", "0.002 0.002 ok");
        assertThat(told(set, "both"))
                // the shaped value of what is no molecule is 0
                .containsExactly("0.000 0.000 ok", "1.000 0.500 ok", "0.000 0.000 ok", "0.000 0.000 ok");
    }

    @Test
    void aMissingValueHasTheReasonOfWhatItReads() throws IOException {
        RewardSet set = set(
                "mw: {shaping: 'linear(0, 100)'}",
                "some: {sql: 'CASE WHEN mw > 100 THEN 1 END'}",
                "any: {sql: 'coalesce(some, 0.25)'}",
                "status: {sql: \"if(mw_status = 'ok', 1, 0)\"}");
        assertThat(told(set, "some"))
                .containsExactly(
                        "NaN NaN not-applicable",
                        "1.000 1.000 ok",
                        "NaN 0.000 invalid-input",
                        "NaN 0.000 invalid-input");
        assertThat(told(set, "any"))
                .containsExactly("0.250 0.250 ok", "1.000 1.000 ok", "0.250 0.250 ok", "0.250 0.250 ok");
        assertThat(told(set, "status"))
                .containsExactly("1.000 1.000 ok", "1.000 1.000 ok", "0.000 0.000 ok", "0.000 0.000 ok");
    }

    @Test
    void anErrorOrAnInfiniteValueIsAFailureOfThatSample() throws IOException {
        RewardSet set = set("odd: {sql: \"CASE n_tokens WHEN 4 THEN raise_error('four') WHEN 9 THEN double('NaN')"
                + " WHEN 3 THEN double('Infinity') ELSE 1 / (n_tokens - 40) END\"}");
        assertThat(told(set, "odd"))
                .containsExactly("NaN NaN failed", "NaN NaN failed", "NaN NaN failed", "NaN NaN not-applicable");
        assertThat(set.lines().get(0).reward().problems())
                .anyMatch(problem -> problem.contains("CCO") && problem.contains("four"))
                .anyMatch(problem -> problem.contains("CCCCCCCC") && problem.contains("its value is NaN"))
                .anyMatch(problem -> problem.contains("C(") && problem.contains("its value is Infinity"));
    }

    @Test
    void aStageScoresWhatItsRewardsRead() throws IOException {
        RewardSet set =
                set("mw: {shaping: 'linear(0, 100)'}", "logp:", "half: {sql: 'mw / 2', shaping: 'linear(0, 100)'}");
        assertThat(told(set, "half", "half").get(0)).isEqualTo("23.034 0.230 ok");
        assertThat(told(set, "mw", "half").get(0)).isEqualTo("46.069 0.461 ok");
        assertThat(told(set, "logp", "half").get(0)).isEqualTo("NaN NaN not-in-stage");
        assertThat(told(set, "half", "mw").get(0)).isEqualTo("NaN NaN not-in-stage");
    }

    @Test
    void readsColumnsOfThePromptsTableAsText() throws IOException {
        RewardSet set = set(
                "near: {sql: '1 / (1 + levenshtein(text, goal))'}",
                "enough: {sql: 'if(n_tokens >= least AND n_prompt_tokens = 2 AND size(tokens) = n_tokens, 1, 0)'}");
        assertThat(set.promptColumns()).containsExactly("goal", "least");
        assertThat(told(set, "near"))
                .containsExactly("1.000 1.000 ok", "0.143 0.143 ok", "0.333 0.333 ok", "NaN NaN not-applicable");
        assertThat(told(set, "enough"))
                .containsExactly("0.000 0.000 ok", "1.000 1.000 ok", "0.000 0.000 ok", "1.000 1.000 ok");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: {sql: a + 1} | Invalid rewards.a.sql: a + 1 (must not need its own value: a -> a)",
                "a: {sql: b + c}; b: {sql: qed}; c: {sql: 'd_shaped'}; d: {sql: 'A / 2'}; qed:"
                        + " | Invalid rewards.a.sql: b + c (must not need its own value: a -> c -> d -> a)",
                "a: {sql: 'qeed'}; qed: | Invalid rewards.a.sql: qeed (must be an expression of Spark SQL that makes a"
                        + " number of one sample: there is no column qeed (did you mean qed?); there are text, prompt,"
                        + " n_tokens, n_prompt_tokens, tokens, prompt_tokens, ended, a, a_shaped, a_status, qed,"
                        + " qed_shaped, qed_status, goal, least)"
            })
    void refusesCirclesAndUnknownColumns(String rewards, String message) {
        assertThatThrownBy(() -> set(rewards.split("; ")))
                .isInstanceOf(SettingException.class)
                .hasMessage(message);
    }

    @Test
    void aJobHasEitherAFunctionOrAnExpression() {
        assertThatThrownBy(() -> set("a: {function: qed, sql: qed}"))
                .hasMessage("Invalid rewards.a.sql: qed at line 2 (must be absent where function is given: a reward is"
                        + " one of them)");
        assertThatThrownBy(() -> set("a: {sql: ' '}"))
                .hasMessage("Invalid rewards.a.sql: \" \" at line 2 (must be an expression of Spark SQL)");
        assertThatThrownBy(() -> set("n_tokens: {sql: 'qed'}"))
                .hasMessageContaining("it is a column that SQL rewards read (must have another name, such as"
                        + " n_tokens_reward: {sql: \"qed\"})");
    }
}
