package io.solera.select;

import io.solera.config.RewardSettings;
import io.solera.reward.catalogue.Input;
import io.solera.reward.catalogue.RewardEntry;
import io.solera.reward.molecule.smiles.Molecules;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run generates, derived from what its rewards read. */
record Kind(Input input) {
    /** Molecules if some reward reads them, then proteins, DNA and texts. */
    static Kind of(Map<String, RewardSettings> rewards) {
        return new Kind(rewards.entrySet().stream()
                .flatMap(reward -> reward.getValue().entry(reward.getKey()).stream())
                .map(RewardEntry::input)
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

    /** The identity of a sample: a molecule's canonical SMILES, else the text; null if invalid. */
    @Nullable
    String key(String text) {
        return molecules() ? Molecules.canonicalSmiles(text).orElse(null) : text;
    }
}
