package io.solera.reward.molecule.graph;

import io.solera.reward.ParameterTable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the rules need to know of the elements, by atomic number; 0 is the unknown atom {@code *}. */
public final class Elements {
    public static final int H = 1;
    static final int B = 5;
    public static final int C = 6;
    public static final int N = 7;
    public static final int O = 8;
    static final int F = 9;
    public static final int SI = 14;
    public static final int P = 15;
    public static final int S = 16;
    public static final int CL = 17;
    public static final int AS = 33;
    public static final int SE = 34;
    public static final int BR = 35;
    public static final int TE = 52;
    public static final int I = 53;

    public static final int LARGEST = 118;

    private static final int COUNT = LARGEST + 1;
    /** Provisional names that SMILES of old files may hold. */
    private static final List<String> PROVISIONAL =
            List.of("Uun", "Uuu", "Uub", "Uut", "Uuq", "Uup", "Uuh", "Uus", "Uuo");

    private static final int FIRST_SYNTHETIC = 104;
    private static final Map<String, Integer> NUMBERS = new HashMap<>();
    private static final String[] SYMBOL = new String[COUNT];
    private static final double[] WEIGHT = new double[COUNT];
    private static final int[] OUTER = new int[COUNT];
    private static final int[] COMMON = new int[COUNT];
    private static final int[][] VALENCES = new int[COUNT][];
    private static final BitSet EARLY = new BitSet();
    private static final Map<List<Integer>, Double> ISOTOPES = new HashMap<>();

    static {
        for (String[] row : ParameterTable.rows(Elements.class, "elements.tsv")) {
            int number = Integer.parseInt(row[0]);
            NUMBERS.put(row[1], number);
            SYMBOL[number] = row[1];
            WEIGHT[number] = Double.parseDouble(row[2]);
            OUTER[number] = Integer.parseInt(row[3]);
            COMMON[number] = Integer.parseInt(row[4]);
            VALENCES[number] =
                    Arrays.stream(row[5].split(",")).mapToInt(Integer::parseInt).toArray();
        }
        for (String[] row : ParameterTable.rows(Elements.class, "isotopes.tsv")) {
            ISOTOPES.put(List.of(Integer.parseInt(row[0]), Integer.parseInt(row[1])), Double.parseDouble(row[2]));
        }
        for (int number : new int[] {
            3, 4, 5, 11, 12, 13, 19, 20, 21, 22, 30, 31, 32, 37, 38, 39, 40, 41, 48, 49, 50, 51, 55, 56, 57, 58, 59, 60,
            61, 72, 73, 80, 81, 82, 83, 87, 88, 89, 90, 91, 92, 93
        }) {
            EARLY.set(number);
        }
        EARLY.set(FIRST_SYNTHETIC, COUNT);
        for (int i = 0; i < PROVISIONAL.size(); i++) {
            NUMBERS.put(PROVISIONAL.get(i), LARGEST - PROVISIONAL.size() + 1 + i);
        }
    }

    private Elements() {}

    public static boolean known(String symbol) {
        return NUMBERS.containsKey(symbol);
    }

    /** The atomic number of a symbol that is {@link #known}. */
    public static int number(String symbol) {
        Integer number = NUMBERS.get(symbol);
        if (number == null) {
            throw new IllegalArgumentException("Invalid element: %s (must be a chemical symbol)".formatted(symbol));
        }
        return number;
    }

    public static String symbol(int number) {
        return SYMBOL[number];
    }

    public static double weight(int number) {
        return WEIGHT[number];
    }

    /**
     * The mass of an atom in dalton: of the isotope where one is written, else the standard atomic weight. The number of an unknown atom
     * is a label, such as the kind of a cut bond, and no mass.
     */
    public static double mass(int number, int isotope) {
        if (isotope == 0) {
            return WEIGHT[number];
        }
        return number == 0 ? 0 : ISOTOPES.getOrDefault(List.of(number, isotope), (double) isotope);
    }

    /** The mass number of the most common isotope. */
    public static int commonIsotope(int number) {
        return COMMON[number];
    }

    /** The lowest usual valence; -1 where there is no rule. */
    public static int valence(int number) {
        return VALENCES[number][0];
    }

    /** The allowed valences in ascending order; -1 at the end where any goes. */
    public static int[] valences(int number) {
        return VALENCES[number];
    }

    /** Whether an element loses bonds with electrons, as those left of carbon do. */
    public static boolean early(int number) {
        return EARLY.get(number);
    }

    public static int outerElectrons(int number) {
        return OUTER[number];
    }

    /** Whether a symbol may stand in quotes, as some programs write the heaviest elements. */
    public static boolean synthetic(String symbol) {
        return symbol.length() == 2 && NUMBERS.getOrDefault(symbol, 0) >= FIRST_SYNTHETIC;
    }

    /** Whether a draws electrons from b through a double bond: more outer electrons, or as many and lighter. */
    public static boolean moreElectronegative(int a, int b) {
        return OUTER[a] > OUTER[b] || (OUTER[a] == OUTER[b] && a < b);
    }
}
