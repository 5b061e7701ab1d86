package io.solera.reward.molecule;

import io.solera.reward.Reward;
import io.solera.reward.molecule.descriptor.Crippen;
import io.solera.reward.molecule.descriptor.Descriptors;
import io.solera.reward.molecule.descriptor.DrugRules;
import io.solera.reward.molecule.descriptor.PenalisedLogP;
import io.solera.reward.molecule.descriptor.PolarSurface;
import io.solera.reward.molecule.descriptor.Qed;
import io.solera.reward.molecule.descriptor.SaFragments;
import io.solera.reward.molecule.descriptor.SaScore;
import io.solera.reward.molecule.graph.Property;

/** The molecule rewards of the catalogue. */
public final class MoleculeRewards {
    private MoleculeRewards() {}

    public static Reward qed() {
        return new MoleculeReward(Qed::value);
    }

    public static Reward sa() {
        return new MoleculeReward(molecule -> SaScore.value(molecule, SaFragments.published()));
    }

    /** SA with another table of fragments, which is serialised with the reward. */
    public static Reward sa(SaFragments table) {
        return new MoleculeReward(molecule -> SaScore.value(molecule, table));
    }

    public static Reward logP() {
        return new MoleculeReward(Crippen::logP);
    }

    public static Reward molecularWeight() {
        return new MoleculeReward(Descriptors::weight);
    }

    public static Reward polarSurface() {
        return new MoleculeReward(PolarSurface::area);
    }

    /** A count or sum over the molecule, such as {@code Descriptors::donors}. */
    public static Reward of(Property property) {
        return new MoleculeReward(property);
    }

    public static Reward lipinski() {
        return new MoleculeReward(DrugRules::lipinski);
    }

    public static Reward veber() {
        return new MoleculeReward(DrugRules::veber);
    }

    public static Reward penalisedLogP() {
        return new MoleculeReward(molecule -> PenalisedLogP.value(molecule, SaFragments.published()));
    }

    /** Whether a SMARTS pattern is in the molecule, 1 or 0. */
    public static Reward substructure(String smarts) {
        return new MoleculeReward(new Substructure(smarts, false));
    }

    /** How often a SMARTS pattern is in the molecule. */
    public static Reward substructureCount(String smarts) {
        return new MoleculeReward(new Substructure(smarts, true));
    }

    /** Whether the molecule has the Bemis-Murcko scaffold of one of some others, 1 or 0. */
    public static Reward scaffold(Iterable<String> references) {
        return new MoleculeReward(new ScaffoldMatch(references));
    }

    /** The similarity of the molecule's formula to a given one. */
    public static Reward isomer(String formula, String mean) {
        return new MoleculeReward(new Isomer(formula, mean));
    }
}
