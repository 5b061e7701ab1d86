package io.solera.reward.protein;

import java.util.HashMap;
import java.util.Map;

/**
 * The charge of a chain whose groups lose their protons one by one: positive groups add n / (1 + 10^(pH - pK)), negative ones take
 * n / (1 + 10^(pK - pH)), with the pK values of B. Bjellqvist et al., Electrophoresis 14, 1023 (1993) and 15, 529 (1994).
 */
final class Charge {
    private static final double LOWEST_PH = 0;
    private static final double HIGHEST_PH = 14;
    private static final int HALVINGS = 40;
    private static final String POSITIVE = "KRH";
    private static final String NEGATIVE = "DECY";

    /** 10^-pK of each group, so that a charge takes one power and not nine. */
    private static final Map<String, Double> DISSOCIATION = new HashMap<>();

    static {
        for (String[] row : Table.rows("pk.tsv")) {
            DISSOCIATION.put(row[0], StrictMath.pow(10, -Double.parseDouble(row[1])));
        }
    }

    /** The same of side chains, by letter. */
    private static final double[] SIDE = new double['Z'];

    static {
        for (char letter : (POSITIVE + NEGATIVE).toCharArray()) {
            SIDE[letter] = constant(String.valueOf(letter));
        }
    }

    private final Residues residues;
    private final double amino;
    private final double carboxyl;

    private Charge(Residues residues) {
        this.residues = residues;
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
        return new Charge(residues).at(ph);
    }

    /**
     * The pH at which a chain has no charge, by bisection over 0 to 14. A chain that stays positive or negative all the way, such as
     * some hundred arginines, gets the end of the range.
     */
    static double isoelectricPoint(Residues residues) {
        Charge charge = new Charge(residues);
        double low = LOWEST_PH;
        double high = HIGHEST_PH;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (charge.at(middle) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    private double at(double ph) {
        double power = StrictMath.pow(10, ph);
        double positive = 1 / (1 + power * amino);
        for (int i = 0; i < POSITIVE.length(); i++) {
            char letter = POSITIVE.charAt(i);
            positive += residues.count(letter) / (1 + power * SIDE[letter]);
        }
        double negative = 1 / (1 + 1 / (power * carboxyl));
        for (int i = 0; i < NEGATIVE.length(); i++) {
            char letter = NEGATIVE.charAt(i);
            negative += residues.count(letter) / (1 + 1 / (power * SIDE[letter]));
        }
        return positive - negative;
    }
}
