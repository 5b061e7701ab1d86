package io.solera.reward.protein;

import io.solera.reward.Reward;
import java.util.List;

/** The protein rewards of the catalogue. */
public final class ProteinRewards {
    private ProteinRewards() {}

    public static Reward molecularWeight() {
        return new ProteinReward(new Weight());
    }

    public static Reward isoelectricPoint() {
        return new ProteinReward(Charge::isoelectricPoint);
    }

    public static Reward charge(double ph) {
        return new ProteinReward(residues -> Charge.at(ph, residues));
    }

    /** The names of the hydropathy scales. */
    public static List<String> scales() {
        return Scale.names();
    }

    /** The mean of a hydropathy scale over all residues. */
    public static Reward hydropathy(String scale) {
        return new ProteinReward(Scale.named(scale)::mean);
    }

    /** Boman's index: the mean free energy of transfer from cyclohexane to water with its sign turned, in kcal/mol. */
    public static Reward bomanIndex() {
        Scale scale = Scale.named("radzicka-wolfenden");
        return new ProteinReward(residues -> -scale.mean(residues));
    }

    public static Reward instabilityIndex() {
        return new ProteinReward(Instability::index);
    }

    public static Reward aromaticity() {
        return new ProteinReward(residues -> Composition.share(residues, Composition.AROMATIC));
    }

    public static Reward aliphaticIndex() {
        return new ProteinReward(Composition::aliphaticIndex);
    }

    public static Reward extinctionReduced() {
        return new ProteinReward(Composition::extinctionReduced);
    }

    public static Reward extinctionDisulfide() {
        return new ProteinReward(Composition::extinctionDisulfide);
    }

    public static Reward flexibility() {
        return new ProteinReward(Flexibility::mean);
    }

    public static Reward helixFraction() {
        return new ProteinReward(residues -> Composition.share(residues, Composition.HELIX));
    }

    public static Reward turnFraction() {
        return new ProteinReward(residues -> Composition.share(residues, Composition.TURN));
    }

    public static Reward sheetFraction() {
        return new ProteinReward(residues -> Composition.share(residues, Composition.SHEET));
    }

    /** @param angle in degrees between neighbours */
    public static Reward hydrophobicMoment(String scale, int window, double angle) {
        return new ProteinReward(new HydrophobicMoment(Scale.named(scale), window, angle));
    }
}
