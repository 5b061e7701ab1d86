package io.solera.reward.dna;

import io.solera.reward.ParameterTable;
import io.solera.reward.SequenceReward;
import java.util.Arrays;

/**
 * The temperature in Celsius at which half of a strand is separated from its perfect complement: 1000 dH / (dS + R ln
 * c) - 273.15, dH and dS the sums over neighbouring pairs and both ends (H. T. Allawi and J. SantaLucia, Biochemistry
 * 36, 10581, 1997), dS raised by 0.368 (length - 1) ln [Na+] (J. SantaLucia, Proc. Natl Acad. Sci. USA 95, 1460, 1998).
 * Made for oligomers; a two-state model is of little use for strands above some 60 bases. For ambiguous letters, a pair
 * or an end counts as the mean over the bases.
 */
final class MeltingTemperature implements SequenceReward.Property<Bases> {
    private static final double GAS_CONSTANT = 1.987;
    private static final double ZERO_CELSIUS = 273.15;
    private static final int PAIRS = 16;
    private static final double[] PAIR_ENTHALPY = new double[PAIRS];
    private static final double[] PAIR_ENTROPY = new double[PAIRS];
    private static final double[] END_ENTHALPY = new double[4];
    private static final double[] END_ENTROPY = new double[4];
    private static final double[] EQUAL = {1, 1, 1, 1};

    static {
        for (String[] row : ParameterTable.rows(MeltingTemperature.class, "nearest-neighbours.tsv")) {
            double enthalpy = Double.parseDouble(row[1]);
            double entropy = Double.parseDouble(row[2]);
            if (row[0].startsWith("end")) {
                int base = row[0].endsWith("A") ? Bases.A : Bases.C;
                for (int same : new int[] {base, Bases.T - base}) {
                    END_ENTHALPY[same] = enthalpy;
                    END_ENTROPY[same] = entropy;
                }
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
        double enthalpy = 0;
        double entropy = 0;
        for (int i = 1; i < codes.length; i++) {
            if (Bases.known(codes[i - 1]) && Bases.known(codes[i])) {
                counts[4 * codes[i - 1] + codes[i]]++;
            } else {
                enthalpy += mean(codes[i - 1], codes[i], PAIR_ENTHALPY);
                entropy += mean(codes[i - 1], codes[i], PAIR_ENTROPY);
            }
        }
        for (byte code : new byte[] {codes[0], codes[codes.length - 1]}) {
            enthalpy += Bases.mean(code, END_ENTHALPY, 0, EQUAL);
            entropy += Bases.mean(code, END_ENTROPY, 0, EQUAL);
        }
        for (int pair = 0; pair < PAIRS; pair++) {
            enthalpy += counts[pair] * PAIR_ENTHALPY[pair];
            entropy += counts[pair] * PAIR_ENTROPY[pair];
        }
        entropy += saltEntropy * (codes.length - 1);
        return 1000 * enthalpy / (entropy + strandEntropy) - ZERO_CELSIUS;
    }

    /** The mean over all pairs that two letters stand for. */
    private static double mean(int first, int second, double[] ofPairs) {
        double[] values = new double[4];
        Arrays.setAll(values, base -> Bases.mean(second, ofPairs, 4 * base, EQUAL));
        return Bases.mean(first, values, 0, EQUAL);
    }
}
