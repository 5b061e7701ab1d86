package io.solera.reward.dna;

import io.solera.problem.MalformedFileException;
import io.solera.reward.ParameterTable;
import io.solera.reward.SequenceReward;
import io.solera.reward.Status;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The codon adaptation index: the geometric mean over codons of w, a codon's frequency in highly expressed genes over
 * that of its most frequent synonym (P. M. Sharp and W.-H. Li, Nucleic Acids Res. 15, 1281, 1987). ATG, TGG, stop
 * codons and codons with an ambiguous letter do not count. Standard genetic code, read from the first base.
 */
final class CodonAdaptation implements SequenceReward.Property<Bases> {
    /** The organisms with a shipped table. */
    static final List<String> ORGANISMS = List.of("ecoli", "yeast");

    private static final int CODONS = 64;
    private static final double NEVER_SEEN = 0.5;
    private static final char STOP = '*';

    /** NaN for a codon that does not count. */
    private final double[] logW;

    /** @param frequency of each codon, on any scale; 0 counts as 0.5 */
    private CodonAdaptation(double[] frequency) {
        char[] residues = residues();
        logW = new double[CODONS];
        for (int codon = 0; codon < CODONS; codon++) {
            double most = 0;
            for (int other = 0; other < CODONS; other++) {
                most = Math.max(most, residues[other] == residues[codon] ? seen(frequency[other]) : 0);
            }
            boolean counts = residues[codon] != STOP && residues[codon] != 'M' && residues[codon] != 'W';
            logW[codon] = counts ? StrictMath.log(seen(frequency[codon]) / most) : Double.NaN;
        }
    }

    private static double seen(double frequency) {
        return frequency == 0 ? NEVER_SEEN : frequency;
    }

    private static char[] residues() {
        char[] residues = new char[CODONS];
        Arrays.fill(residues, STOP);
        for (String[] row : ParameterTable.rows(CodonAdaptation.class, "codons.tsv")) {
            residues[Bases.word(row[0])] = row[1].charAt(0);
        }
        return residues;
    }

    static CodonAdaptation shipped(String organism) {
        double[] frequency = new double[CODONS];
        for (String[] row : ParameterTable.rows(CodonAdaptation.class, "codons.tsv")) {
            frequency[Bases.word(row[0])] = Double.parseDouble(row[2 + ORGANISMS.indexOf(organism)]);
        }
        return new CodonAdaptation(frequency);
    }

    /** A file with a codon and its count, or its w, on each line. */
    static CodonAdaptation read(InputStream in, String file) throws IOException {
        double[] frequency = new double[CODONS];
        Arrays.fill(frequency, Double.NaN);
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] words = line.strip().split("\\s+", -1);
                if (words.length < 2
                        || words[0].length() != 3
                        || Bases.status(words[0]) != Status.OK
                        || Bases.of(words[0]).known() < 3
                        || !words[1].matches("\\d+(\\.\\d+)?")) {
                    throw new MalformedFileException(
                            "Cannot read %s: line %d is not a codon and a number".formatted(file, number));
                }
                byte[] codes = Bases.of(words[0]).codes;
                frequency[16 * codes[0] + 4 * codes[1] + codes[2]] = Double.parseDouble(words[1]);
            }
        }
        for (String[] row : ParameterTable.rows(CodonAdaptation.class, "codons.tsv")) {
            if (Double.isNaN(frequency[Bases.word(row[0])])) {
                throw new MalformedFileException("Cannot read %s: it lacks the codon %s".formatted(file, row[0]));
            }
        }
        return new CodonAdaptation(frequency);
    }

    /** A strand whose length is not a multiple of three is not a coding sequence. */
    @Override
    public Status status(Bases bases) {
        return bases.length() % 3 == 0 ? Status.OK : Status.INVALID_INPUT;
    }

    @Override
    public double of(Bases bases) {
        byte[] codes = bases.codes;
        double sum = 0;
        int counted = 0;
        for (int i = 0; i + 2 < codes.length; i += 3) {
            boolean known = Bases.known(codes[i]) && Bases.known(codes[i + 1]) && Bases.known(codes[i + 2]);
            double w = known ? logW[16 * codes[i] + 4 * codes[i + 1] + codes[i + 2]] : Double.NaN;
            if (!Double.isNaN(w)) {
                sum += w;
                counted++;
            }
        }
        return counted == 0 ? Double.NaN : StrictMath.exp(sum / counted);
    }
}
