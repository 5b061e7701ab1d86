package io.solera.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.config.yaml.ConfigException;
import io.solera.reward.catalogue.RewardCatalogue;
import io.solera.reward.catalogue.RewardEntry;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestRewardNames {
    @Test
    void aNameOfTheRunIsRefusedWithTheReasonAndAnotherName() {
        assertThatThrownBy(() -> read("text: {function: 'length(unit=words)'}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Invalid rewards.text: it is a column of every table of samples")
                .hasMessageContaining(
                        "(must have another name, such as text_reward: {function: \"length(unit=words)\"})");
        assertThatThrownBy(() -> read("policy: {function: qed}"))
                .hasMessageContaining("Invalid rewards.policy: it is a learner")
                .hasMessageContaining("(must have another name, such as policy_reward: {function: \"qed\"})");
    }

    @ParameterizedTest
    @EnumSource(RunName.class)
    void everyNameOfARunIsRefusedButTheCataloguesOwn(RunName name) {
        String job = name.text() + ": {function: qed}";
        if (name == RunName.LENGTH || name == RunName.SCAFFOLD) {
            assertThat(read(job).rewards()).containsOnlyKeys(name.text());
        } else {
            assertThatThrownBy(() -> read(job))
                    .hasMessageContaining("Invalid rewards.%s: it is %s".formatted(name.text(), name.meaning()));
        }
    }

    @Test
    void everyNameOfTheCatalogueIsAName() {
        for (RewardEntry entry : RewardCatalogue.ENTRIES) {
            assertThat(read(entry.name() + ": {function: qed}").rewards()).containsOnlyKeys(entry.name());
        }
        assertThat(Arrays.stream(RunName.values())
                        .map(RunName::text)
                        .filter(name -> RewardCatalogue.ENTRIES.stream()
                                .anyMatch(entry -> entry.name().equals(name))))
                .as("names that need another one in the run's files")
                .containsExactlyInAnyOrder("length", "scaffold");
    }

    @ParameterizedTest
    @CsvSource({"generation, generation_seconds", "scoring, scoring_seconds", "update, update_seconds"})
    void aColumnOfARewardIsNotOneOfTheRun(String name, String column) {
        assertThatThrownBy(() -> read(name + ": {function: qed}"))
                .hasMessageContaining("Invalid rewards.%s: %s is a ".formatted(name, column))
                .hasMessageContaining("(must have another name, such as %s_reward: ".formatted(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shaped", "status", "seconds", "advantage", "domain"})
    void aRewardIsNotCalledLikeAColumnOfAnother(String ending) {
        String other = "qed_%s: {function: sa}".formatted(ending);
        assertThat(read(other).rewards()).hasSize(1);
        for (String both : List.of("qed: \n  " + other, other + "\n  qed: ")) {
            assertThatThrownBy(() -> read(both))
                    .hasMessageContaining("Invalid rewards.qed_%s: it is a column of the reward qed".formatted(ending))
                    .hasMessageContaining(
                            "(must have another name, such as qed_%s_reward: {function: \"sa\"})".formatted(ending));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"scalarised_advantage", "policy_shaped", "aggregate_product", "aggregate_pareto_rank"})
    void columnsOfLearnersAndAggregatesAreRefused(String name) {
        assertThatThrownBy(() -> read(name + ": {function: qed}"))
                .hasMessageContaining("Invalid rewards.%s: it is a column of ".formatted(name));
    }

    @ParameterizedTest
    @CsvSource({"Text, text_reward", "QED, qed_reward", "qed.failed, qed_failed_reward", "mol weight, mol_weight_reward"
    })
    void capitalsAndSignsAreRefused(String name, String instead) {
        assertThatThrownBy(() -> read("qed:\n  '%s': {function: sa}".formatted(name)))
                .hasMessageContaining("Invalid rewards: " + name)
                .hasMessageContaining(("(must be names of small letters, digits and underscores, as Spark does not tell"
                                + " columns apart by capitals; such as %s: {function: \"...\"})")
                        .formatted(instead));
    }

    @Test
    void whatIsSuggestedIsAJob() {
        assertThatThrownBy(() -> read("tokens: {function: \"regex(pattern='a\\\"b')\"}"))
                .satisfies(e -> {
                    String message = String.valueOf(e.getMessage());
                    String way = message.substring(message.indexOf("tokens_reward"), message.lastIndexOf(')'));
                    assertThat(read(way).rewards().get("tokens_reward").function())
                            .isEqualTo("regex(pattern=a\"b)");
                });
    }

    private static TrainJob read(String rewards) {
        return TrainJob.read("rewards:\n  %s\n".formatted(rewards), List.of());
    }
}
