package io.solera.reward.protein;

import io.solera.reward.ParameterTable;
import java.util.HashMap;
import java.util.Map;

/**
 * The charge of a chain with independently ionising groups: positive groups add n / (1 + 10^(pH - pK)), negative ones
 * take n / (1 + 10^(pK - pH)), with the pK values of B. Bjellqvist et al., Electrophoresis 14, 1023 (1993) and 15, 529
 * (1994).
 */
final class Charge {
    private static final double LOWEST_PH = 0;
    private static final double HIGHEST_PH = 14;
    private static final int HALVINGS = 40;

    /** Residues with a charge, the first three positive. */
    private static final String CHARGED = "KRHDECY";

    private static final int POSITIVE = 3;

    /** 10^-pK of each group, so that a charge takes one power instead of nine. */
    private static final Map<String, Double> DISSOCIATION = new HashMap<>();

    static {
        for (String[] row : ParameterTable.rows(Charge.class, "pk.tsv")) {
            DISSOCIATION.put(row[0], StrictMath.pow(10, -Double.parseDouble(row[1])));
        }
    }

    /** The same of side chains, in the order of {@link #CHARGED}. */
    private static final double[] SIDE = CHARGED.chars()
            .mapToDouble(letter -> constant(Character.toString(letter)))
            .toArray();

    private final int[] counts = new int[CHARGED.length()];
    private final double amino;
    private final double carboxyl;

    private Charge(Residues residues) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = residues.count(CHARGED.charAt(i));
        }
        amino = end("n-term", residues.first());
        carboxyl = end("c-term", residues.last());
    }

    private static double end(String group, char residue) {
        Double own = DISSOCIATION.get(group + " " + residue);
        return own == null ? constant(group) : own;
    }

    private static double constant(String group) {
        return DISSOCIATION.getOrDefault(group, Double.NaN);
    }

    static double at(double ph, Residues residues) {
        return new Charge(residues).atPower(StrictMath.pow(10, ph));
    }

    /**
     * The pH at which a chain has no charge, by bisection over 0 to 14. A chain that is positive or negative over the
     * whole range, such as some hundred arginines, gets the end of the range.
     */
    static double isoelectricPoint(Residues residues) {
        Charge charge = new Charge(residues);
        double low = LOWEST_PH;
        double high = HIGHEST_PH;
        double powerOfLow = StrictMath.pow(10, low);
        double powerOfHigh = StrictMath.pow(10, high);
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            double power = Math.sqrt(powerOfLow * powerOfHigh);
            if (charge.atPower(power) > 0) {
                low = middle;
                powerOfLow = power;
            } else {
                high = middle;
                powerOfHigh = power;
            }
        }
        return (low + high) / 2;
    }

    /** @param power 10^pH */
    private double atPower(double power) {
        double positive = 1 / (1 + power * amino);
        for (int i = 0; i < POSITIVE; i++) {
            positive += counts[i] / (1 + power * SIDE[i]);
        }
        double negative = 1 / (1 + 1 / (power * carboxyl));
        for (int i = POSITIVE; i < counts.length; i++) {
            negative += counts[i] / (1 + 1 / (power * SIDE[i]));
        }
        return positive - negative;
    }
}
