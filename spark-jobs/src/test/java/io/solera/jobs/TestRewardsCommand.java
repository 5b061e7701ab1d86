package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.reward.catalogue.RewardCatalogue;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TestRewardsCommand {
    @Test
    void listsTheCatalogue() {
        Commands.Outcome outcome = Commands.run("rewards");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).hasLineCount(RewardCatalogue.GROUPS.size() + RewardCatalogue.ENTRIES.size());
        assertThat(outcome.out()).contains("logp", "log10", "lipophilicity");
    }

    @Test
    void tellsAllAboutOne() {
        assertThat(Commands.run("rewards", "similarity").out())
                .contains("argument     reference: SMILES, several separated by spaces (may be left out)")
                .contains("Rogers and Hahn")
                .contains("example      similarity(reference='");
    }

    @Test
    void thePageOfTheDocumentsIsTheCatalogue() {
        assertThat(Path.of("../docs/rewards.md"))
                .as("write it again: bin/solera rewards --markdown > docs/rewards.md")
                .hasContent(Commands.run("rewards", "--markdown").out());
    }

    @Test
    void namesTheNearest() {
        Commands.Outcome outcome = Commands.run("rewards", "lopg");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).startsWith("solera: Invalid reward: lopg (").endsWith("nearest: logp)\n");
    }
}
