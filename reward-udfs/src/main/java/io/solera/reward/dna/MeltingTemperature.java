package io.solera.reward.dna;

import io.solera.reward.ParameterTable;

/**
 * The temperature in Celsius at which half of a strand has parted from its perfect complement: 1000 dH / (dS + R ln c) - 273.15, dH and
 * dS the sums over neighbouring pairs and both ends (H. T. Allawi and J. SantaLucia, Biochemistry 36, 10581, 1997), dS raised by 0.368
 * (length - 1) ln [Na+] (J. SantaLucia, Proc. Natl Acad. Sci. USA 95, 1460, 1998). Made for oligomers; a two-state model says little of
 * strands above some 60 bases.
 */
final class MeltingTemperature implements Property {
    private static final double GAS_CONSTANT = 1.987;
    private static final double ZERO_CELSIUS = 273.15;
    private static final int PAIRS = 16;
    private static final double[] PAIR_ENTHALPY = new double[PAIRS];
    private static final double[] PAIR_ENTROPY = new double[PAIRS];
    private static final double[] END_AT = new double[2];
    private static final double[] END_GC = new double[2];

    static {
        for (String[] row : ParameterTable.rows(MeltingTemperature.class, "nearest-neighbours.tsv")) {
            double enthalpy = Double.parseDouble(row[1]);
            double entropy = Double.parseDouble(row[2]);
            if (row[0].startsWith("end")) {
                double[] end = row[0].endsWith("A") ? END_AT : END_GC;
                end[0] = enthalpy;
                end[1] = entropy;
            } else {
                int pair = Bases.word(row[0]);
                for (int word : new int[] {pair, complement(pair)}) {
                    PAIR_ENTHALPY[word] = enthalpy;
                    PAIR_ENTROPY[word] = entropy;
                }
            }
        }
    }

    private final double saltEntropy;
    private final double strandEntropy;

    MeltingTemperature(Solution solution) {
        saltEntropy = 0.368 * StrictMath.log(solution.sodiumEquivalent());
        strandEntropy = GAS_CONSTANT * StrictMath.log(solution.strands());
    }

    private static int complement(int pair) {
        return 4 * (Bases.T - pair % 4) + Bases.T - pair / 4;
    }

    @Override
    public double of(Bases bases) {
        byte[] codes = bases.codes;
        if (codes.length < 2) {
            return Double.NaN;
        }
        int[] counts = new int[PAIRS];
        for (int i = 1; i < codes.length; i++) {
            counts[4 * codes[i - 1] + codes[i]]++;
        }
        double[] first = end(codes[0]);
        double[] last = end(codes[codes.length - 1]);
        double enthalpy = first[0] + last[0];
        double entropy = first[1] + last[1];
        for (int pair = 0; pair < PAIRS; pair++) {
            enthalpy += counts[pair] * PAIR_ENTHALPY[pair];
            entropy += counts[pair] * PAIR_ENTROPY[pair];
        }
        entropy += saltEntropy * (codes.length - 1);
        return 1000 * enthalpy / (entropy + strandEntropy) - ZERO_CELSIUS;
    }

    private static double[] end(int base) {
        return base == Bases.A || base == Bases.T ? END_AT : END_GC;
    }
}
