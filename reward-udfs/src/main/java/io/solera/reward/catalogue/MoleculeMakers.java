package io.solera.reward.catalogue;

import io.solera.reward.Reward;
import io.solera.reward.molecule.MoleculeRewards;
import io.solera.reward.molecule.SaFragments;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** From catalogue arguments to molecule rewards. */
final class MoleculeMakers {
    private MoleculeMakers() {}

    static Reward qed(Map<String, String> arguments, Resources resources) {
        return MoleculeRewards.qed();
    }

    static Reward sa(Map<String, String> arguments, Resources resources) throws IOException {
        String table = arguments.getOrDefault("table", "");
        if (table.isEmpty()) {
            return MoleculeRewards.sa();
        }
        try (InputStream in = resources.open(table)) {
            return MoleculeRewards.sa(SaFragments.read(in, table));
        }
    }

    static Reward logP(Map<String, String> arguments, Resources resources) {
        return MoleculeRewards.logP();
    }

    static Reward molecularWeight(Map<String, String> arguments, Resources resources) {
        return MoleculeRewards.molecularWeight();
    }

    static Reward polarSurface(Map<String, String> arguments, Resources resources) {
        return MoleculeRewards.polarSurface();
    }

    static Reward similarity(Map<String, String> arguments, Resources resources) {
        String list = arguments.getOrDefault("reference", "").strip();
        return MoleculeRewards.similarity(list.isEmpty() ? List.of() : List.of(list.split("\\s+")));
    }
}
