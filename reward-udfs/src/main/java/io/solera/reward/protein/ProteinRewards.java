package io.solera.reward.protein;

import io.solera.reward.Reward;
import io.solera.reward.SequenceReward;
import io.solera.reward.Status;
import java.util.List;

/** The protein rewards of the catalogue. */
public final class ProteinRewards {
    private ProteinRewards() {}

    /** Whether a text is a chain of the twenty amino acids, of up to 100,000. */
    public static boolean isProtein(String text) {
        return Residues.status(text) == Status.OK && Residues.of(text).standard();
    }

    public static Reward molecularWeight() {
        return reward(new Weight());
    }

    public static Reward isoelectricPoint() {
        return reward(Charge::isoelectricPoint);
    }

    public static Reward charge(double ph) {
        return reward(residues -> Charge.at(ph, residues));
    }

    /** The names of the hydropathy scales. */
    public static List<String> scales() {
        return Scale.names();
    }

    /** The mean of a hydropathy scale over all residues. */
    public static Reward hydropathy(String scale) {
        return reward(Scale.named(scale)::mean);
    }

    /** Boman's index: the mean free energy of transfer from cyclohexane to water with its sign turned, in kcal/mol. */
    public static Reward bomanIndex() {
        Scale scale = Scale.named("radzicka-wolfenden");
        return reward(residues -> -scale.mean(residues));
    }

    public static Reward instabilityIndex() {
        return reward(Instability::index);
    }

    public static Reward aromaticity() {
        return reward(residues -> Composition.share(residues, Composition.AROMATIC));
    }

    public static Reward aliphaticIndex() {
        return reward(Composition::aliphaticIndex);
    }

    public static Reward extinctionReduced() {
        return reward(Composition::extinctionReduced);
    }

    public static Reward extinctionDisulfide() {
        return reward(Composition::extinctionDisulfide);
    }

    public static Reward flexibility() {
        return reward(Flexibility::mean);
    }

    public static Reward helixFraction() {
        return reward(residues -> Composition.share(residues, Composition.HELIX));
    }

    public static Reward turnFraction() {
        return reward(residues -> Composition.share(residues, Composition.TURN));
    }

    public static Reward sheetFraction() {
        return reward(residues -> Composition.share(residues, Composition.SHEET));
    }

    /** @param angle in degrees between neighbours */
    public static Reward hydrophobicMoment(String scale, int window, double angle) {
        return reward(new HydrophobicMoment(Scale.named(scale), window, angle));
    }

    private static Reward reward(Property property) {
        return new SequenceReward<>(Residues::status, Residues::of, property);
    }
}
