package io.solera.reward.molecule;

import io.solera.reward.ParameterTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the rules need to know of the elements, by atomic number; 0 is the unknown atom {@code *}. */
final class Elements {
    static final int H = 1;
    static final int B = 5;
    static final int C = 6;
    static final int N = 7;
    static final int O = 8;
    static final int F = 9;
    static final int SI = 14;
    static final int P = 15;
    static final int S = 16;
    static final int CL = 17;
    static final int AS = 33;
    static final int SE = 34;
    static final int BR = 35;
    static final int TE = 52;
    static final int I = 53;

    private static final int COUNT = 119;
    private static final Map<String, Integer> NUMBERS = new HashMap<>();
    private static final double[] WEIGHT = new double[COUNT];
    private static final int[] VALENCE = new int[COUNT];
    private static final int[] OUTER = new int[COUNT];
    private static final int[] MOST = new int[COUNT];
    private static final Map<List<Integer>, Double> ISOTOPES = new HashMap<>();

    static {
        NUMBERS.put("*", 0);
        MOST[0] = -1;
        for (String[] row : ParameterTable.rows(Elements.class, "elements.tsv")) {
            int number = Integer.parseInt(row[0]);
            NUMBERS.put(row[1], number);
            WEIGHT[number] = Double.parseDouble(row[2]);
            VALENCE[number] = Integer.parseInt(row[3]);
            OUTER[number] = Integer.parseInt(row[4]);
            MOST[number] = Integer.parseInt(row[5]);
        }
        for (String[] row : ParameterTable.rows(Elements.class, "isotopes.tsv")) {
            ISOTOPES.put(List.of(Integer.parseInt(row[0]), Integer.parseInt(row[1])), Double.parseDouble(row[2]));
        }
    }

    private Elements() {}

    static boolean known(String symbol) {
        return NUMBERS.containsKey(symbol);
    }

    /** The atomic number of a symbol that is {@link #known}. */
    static int number(String symbol) {
        Integer number = NUMBERS.get(symbol);
        if (number == null) {
            throw new IllegalArgumentException("Invalid element: %s (must be a chemical symbol)".formatted(symbol));
        }
        return number;
    }

    static double weight(int number) {
        return WEIGHT[number];
    }

    /** The mass of an atom in dalton: of the isotope where one is written, else the standard atomic weight. */
    static double mass(int number, int isotope) {
        return isotope == 0 ? WEIGHT[number] : ISOTOPES.getOrDefault(List.of(number, isotope), (double) isotope);
    }

    /** The lowest usual valence; 0 where there is no rule. */
    static int valence(int number) {
        return VALENCE[number];
    }

    static int outerElectrons(int number) {
        return OUTER[number];
    }

    /** Whether an atom may have this many bonds, hydrogens among them, at this charge. */
    static boolean allows(int number, int bonds, int charge) {
        if (MOST[number] < 0) {
            return true;
        }
        boolean losesBonds = (OUTER[number] <= 3 && number != H) || (number == C && charge > 0);
        return bonds - (losesBonds ? -charge : charge) <= MOST[number];
    }

    /** Whether a draws electrons from b through a double bond: more outer electrons, or as many and lighter. */
    static boolean moreElectronegative(int a, int b) {
        return OUTER[a] > OUTER[b] || (OUTER[a] == OUTER[b] && a < b);
    }
}
