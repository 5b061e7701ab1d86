package io.solera.select;

import io.solera.config.RewardSettings;
import io.solera.reward.catalogue.Input;
import io.solera.reward.catalogue.RewardCatalogue;
import io.solera.reward.molecule.smiles.Molecules;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run writes, told by what its rewards read. */
record Kind(Input input) {
    /** Molecules where some reward reads them, then proteins, DNA and texts. */
    static Kind of(Map<String, RewardSettings> rewards) {
        return new Kind(rewards.entrySet().stream()
                .map(reward -> RewardCatalogue.check(reward.getValue().call(reward.getKey()))
                        .input())
                .sorted()
                .findFirst()
                .orElse(Input.TEXT));
    }

    boolean molecules() {
        return input == Input.SMILES;
    }

    boolean sequences() {
        return input == Input.PROTEIN || input == Input.DNA;
    }

    /** What two samples that are the same thing have in common: a molecule's canonical SMILES, else the text; null: it is none. */
    @Nullable
    String key(String text) {
        return molecules() ? Molecules.canonicalSmiles(text).orElse(null) : text;
    }
}
