package io.solera.reward.molecule;

import io.solera.reward.Reward;

/** The molecule rewards of the catalogue. */
public final class MoleculeRewards {
    private MoleculeRewards() {}

    public static Reward qed() {
        return new MoleculeReward(Qed::value);
    }

    public static Reward sa() {
        return new MoleculeReward(molecule -> SaScore.value(molecule, SaFragments.shipped()));
    }

    /** SA with another table of fragments, which travels with the reward. */
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

    /** Tanimoto similarity of ECFP4 to the nearest of some molecules. */
    public static Reward similarity(Iterable<String> references) {
        return new MoleculeReward(Similarity.to(references));
    }
}
