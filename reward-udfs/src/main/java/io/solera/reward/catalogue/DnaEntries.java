package io.solera.reward.catalogue;

import io.solera.reward.Reward;
import io.solera.reward.Shaping;
import io.solera.reward.dna.DnaRewards;
import io.solera.reward.dna.MotifModel;
import io.solera.reward.dna.Solution;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** The rewards on DNA. */
final class DnaEntries {
    private static final String BIOPYTHON = "Biopython 1.88, ";
    private static final String EQUAL = "equal to 1e-9 on 12,000 yeast promoters and 8-mers";
    private static final String MOLAR = "millimolar";

    private static final Argument MOTIF = new Argument("motif", null, "a file in JASPAR format");
    private static final Argument NAME =
            new Argument("name", "", "id or name of the motif, if the file has more than one");
    private static final Argument PSEUDOCOUNT =
            new Argument("pseudocount", "0.5", "added to every count, 0.001 to 1000");
    private static final Argument GC = new Argument("gc", "0.5", "share of G and C in the background, 0.01 to 0.99");
    private static final String PWM = "Stormo, Bioinformatics 16, 16 (2000)";

    static final List<RewardEntry> ALL = List.of(
            entry("gc_content", "share of G and C among the letters A, C, G, T, S, W")
                    .range("0 .. 1")
                    .window(Shaping.window(0.4, 0.6, 0.2))
                    .definedBy("IUPAC-IUB, nucleotide letters, Eur. J. Biochem. 150, 1 (1985)")
                    .comparedTo(BIOPYTHON + "gc_fraction", EQUAL)
                    .made((arguments, resources) -> DnaRewards.gc()),
            entry("cpg_ratio", "CpG observed over expected; missing without C or G; N is not counted")
                    .range("0 and above")
                    .higher(Shaping.linear(0, 1))
                    .definedBy("Gardiner-Garden and Frommer, J. Mol. Biol. 196, 261 (1987)")
                    .comparedTo("the formula on Python's str.count", EQUAL)
                    .made((arguments, resources) -> DnaRewards.cpgRatio()),
            entry("longest_homopolymer", "longest run of one base; N ends a run")
                    .unit("bases")
                    .range("1 and above")
                    .lower(Shaping.reverseLinear(4, 10))
                    .definedBy("the length of the longest substring of equal letters")
                    .comparedTo("Python's itertools.groupby", EQUAL)
                    .made((arguments, resources) -> DnaRewards.longestHomopolymer()),
            entry(
                            "melting_temperature",
                            "melting temperature of a strand and its complement, by nearest neighbours; N"
                                    + " counts as the mean of the bases")
                    .unit("degrees Celsius")
                    .range("any; made for up to some 60 bases")
                    .window(Shaping.window(55, 65, 10))
                    .takes("na", "50", MOLAR)
                    .takes("k", "0", MOLAR)
                    .takes("tris", "0", MOLAR)
                    .takes("mg", "0", MOLAR)
                    .takes("dntps", "0", MOLAR)
                    .takes("strand", "25", "nanomolar, of the more concentrated strand")
                    .takes("complement", "25", "nanomolar, of the other")
                    .definedBy("Allawi and SantaLucia, Biochemistry 36, 10581 (1997); salt: SantaLucia, PNAS 95, 1460"
                            + " (1998)")
                    .comparedTo(BIOPYTHON + "Tm_NN, its defaults", EQUAL + "; missing for a single base")
                    .example("melting_temperature(na=50)")
                    .made((arguments, resources) -> DnaRewards.meltingTemperature(solution(arguments))),
            motif("motif_best", "best score of a motif on either strand; N scores the mean over the background")
                    .unit("bits")
                    .range("any")
                    .higher(Shaping.linear(0, 12))
                    .argument(PSEUDOCOUNT)
                    .argument(GC)
                    .definedBy(PWM)
                    .comparedTo(
                            BIOPYTHON + "motifs, PSSM.calculate of both strands",
                            "equal to 1e-5, Biopython's single precision, on 10,000 yeast promoters; missing for a"
                                    + " strand shorter than the motif")
                    .example("motif_best(motif=motifs.jaspar, name=Gfi1)")
                    .made(DnaEntries::best),
            motif("motif_sum", "sum of a motif's scores at all its sites on both strands; N as in motif_best")
                    .unit("bits")
                    .range("0 and above for a threshold of 0")
                    .higher(Shaping.linear(0, 20))
                    .argument(PSEUDOCOUNT)
                    .argument(GC)
                    .takes("threshold", "0", "bits that make a site")
                    .definedBy(PWM)
                    .comparedTo(
                            BIOPYTHON + "motifs, PSSM.search with both=True",
                            "equal to 1e-5, Biopython's single precision, on 10,000 yeast promoters; a palindromic"
                                    + " site counts on both strands")
                    .example("motif_sum(motif=motifs.jaspar, name=Gfi1)")
                    .made(DnaEntries::sum),
            entry(
                            "motif_correlation",
                            "correlation of motif site counts with those of reference sequences; N as in motif_best")
                    .range("-1 .. 1")
                    .higher(Shaping.IDENTITY)
                    .needs("motifs", "a file in JASPAR format")
                    .needs("sequences", "a file of DNA, one sequence per line or FASTA")
                    .takes("p-value", "0.001", "maximum probability of a site's score in the background")
                    .argument(PSEUDOCOUNT)
                    .argument(GC)
                    .definedBy(
                            "Chen et al., Ctrl-DNA, arXiv 2505.20578 (2025), R_TFBS; sites: Grant, Bailey and Noble, "
                                    + "Bioinformatics 27, 1017 (2011)")
                    .comparedTo(
                            BIOPYTHON + "motifs with exact p-values of all words, NumPy's corrcoef",
                            "equal to 1e-9 on 99.92 % of 10,000 yeast promoters, mean error 0.0002: scores"
                                    + " are rounded to 0.01 bits before their p-values are summed; FIMO uses"
                                    + " another rounding and other pseudocounts")
                    .example("motif_correlation(motifs=motifs.jaspar, sequences=promoters.txt)")
                    .made(DnaEntries::correlation),
            entry(
                            "codon_adaptation",
                            "how similar codon usage is to highly expressed genes; codons with an N do not count")
                    .range("0 .. 1")
                    .higher(Shaping.IDENTITY)
                    .takes(
                            "table",
                            "ecoli",
                            "ecoli or yeast (Sharp and Li), or a file of codons and their counts or weights")
                    .definedBy("Sharp and Li, Nucleic Acids Res. 15, 1281 (1987)")
                    .comparedTo(
                            BIOPYTHON + "CodonAdaptationIndex",
                            "equal to 1e-9 on 3,333 yeast promoters read as codons; stop codons, which do not count "
                                    + "here, were removed from Biopython's index")
                    .example("codon_adaptation(table=yeast)")
                    .made(DnaEntries::codons));

    private DnaEntries() {}

    private static RewardEntry.Draft entry(String name, String summary) {
        return RewardEntry.of(name, Input.DNA, summary);
    }

    private static RewardEntry.Draft motif(String name, String summary) {
        return entry(name, summary).argument(MOTIF).argument(NAME);
    }

    private static Solution solution(Map<String, String> arguments) {
        return new Solution(
                Ranges.number(arguments, "na", 0, 10_000),
                Ranges.number(arguments, "k", 0, 10_000),
                Ranges.number(arguments, "tris", 0, 10_000),
                Ranges.number(arguments, "mg", 0, 10_000),
                Ranges.number(arguments, "dntps", 0, 10_000),
                Ranges.number(arguments, "strand", 0.001, 1_000_000),
                Ranges.number(arguments, "complement", 0, 1_000_000));
    }

    private static MotifModel model(Map<String, String> arguments) {
        return new MotifModel(
                Ranges.number(arguments, "pseudocount", 0.001, 1000), Ranges.number(arguments, "gc", 0.01, 0.99));
    }

    private static Reward best(Map<String, String> arguments, Resources resources) throws IOException {
        String file = arguments.getOrDefault("motif", "");
        try (InputStream in = resources.open(file)) {
            return DnaRewards.motifBest(in, file, arguments.getOrDefault("name", ""), model(arguments));
        }
    }

    private static Reward sum(Map<String, String> arguments, Resources resources) throws IOException {
        String file = arguments.getOrDefault("motif", "");
        double threshold = Ranges.number(arguments, "threshold", -1000, 1000);
        try (InputStream in = resources.open(file)) {
            return DnaRewards.motifSum(in, file, arguments.getOrDefault("name", ""), model(arguments), threshold);
        }
    }

    private static Reward correlation(Map<String, String> arguments, Resources resources) throws IOException {
        String motifs = arguments.getOrDefault("motifs", "");
        String sequences = arguments.getOrDefault("sequences", "");
        double pValue = Ranges.number(arguments, "p-value", 0, 0.5);
        try (InputStream in = resources.open(motifs);
                InputStream reference = resources.open(sequences)) {
            return DnaRewards.motifCorrelation(in, motifs, reference, sequences, model(arguments), pValue);
        }
    }

    private static Reward codons(Map<String, String> arguments, Resources resources) throws IOException {
        String table = arguments.getOrDefault("table", "ecoli");
        if (DnaRewards.organisms().contains(table)) {
            return DnaRewards.codonAdaptation(table);
        }
        try (InputStream in = resources.open(table)) {
            return DnaRewards.codonAdaptation(in, table);
        }
    }
}
