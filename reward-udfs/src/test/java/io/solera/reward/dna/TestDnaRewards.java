package io.solera.reward.dna;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.solera.reward.ParameterTable;
import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestDnaRewards {
    private static final MotifModel MODEL = new MotifModel(1, 0.5);
    private static final String ACG = ">M1 acg\nA [ 5 0 0 ]\nC [ 0 5 0 ]\nG [ 0 0 5 ]\nT [ 0 0 0 ]\n";

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static double value(Reward reward, String dna) {
        Score score = reward.score(List.of(dna)).get(0);
        assertThat(score.status()).isEqualTo(Status.OK);
        return score.value();
    }

    private static Status status(Reward reward, String dna) {
        return reward.score(List.of(dna)).get(0).status();
    }

    @Test
    void motifIsFoundOnBothStrands() throws IOException {
        Reward best = DnaRewards.motifBest(stream(ACG), "m", "", MODEL);
        double site = 3 * Math.log(6.0 / 9 / 0.25) / Math.log(2);
        assertThat(value(best, "TTACGTT")).isCloseTo(site, within(1e-12));
        assertThat(value(best, "TTCGTTT")).as("its complement").isCloseTo(site, within(1e-12));
        assertThat(status(best, "AC")).isEqualTo(Status.NOT_APPLICABLE);
        Reward sum = DnaRewards.motifSum(stream(ACG), "m", "acg", MODEL, 4);
        assertThat(value(sum, "ACGCGT")).isCloseTo(2 * site, within(1e-12));
        assertThat(value(sum, "TTTT")).isZero();
    }

    @Test
    void bothFormsOfJasparFilesAreRead() throws IOException {
        String plain = ">M1 acg\n5\t0 0\n0 5 0\n0 0 5\n0 0 0\n";
        assertThat(JasparFile.read(stream(plain), "m")).isEqualTo(JasparFile.read(stream(ACG), "m"));
        assertThat(JasparFile.read(stream("1 2\n3 4\n5 6\n7 8\n"), "m").get(0).counts())
                .isEqualTo(List.of(List.of(1.0, 3.0, 5.0, 7.0), List.of(2.0, 4.0, 6.0, 8.0)));
    }

    @Test
    void brokenMotifFilesAreRefused() {
        assertRefused("", "line 0: it does not contain a motif");
        assertRefused(">M\n1 2\n3 4\n", "line 3: the last motif has fewer than four rows");
        assertRefused(">M\n1 2\n3\n4\n5\n", "line 3: the rows of a motif differ in length");
        assertRefused(">M\nG [1]\n", "line 2: rows are not in the order A, C, G, T");
        assertRefused(">M\n1 x\n", "line 2: it is not a row of counts");
        assertRefused(">M\n1 -2\n", "line 2: a count is below 0 or above 10^9");
        assertRefused(">M\n1 1e300\n", "line 2: a count is below 0 or above 10^9");
        assertThatThrownBy(() -> DnaRewards.motifBest(stream(ACG + ACG.replace("M1 acg", "M2 gca")), "m", "", MODEL))
                .hasMessage("Invalid name: none given (must be the ID or the name of one of the 2 motifs of the file)");
    }

    private static void assertRefused(String file, String why) {
        assertThatThrownBy(() -> JasparFile.read(stream(file), "m"))
                .isInstanceOf(IOException.class)
                .hasMessage("Cannot read m: " + why);
    }

    /** Of 64 words one has three right bases and nine have two: shares of 1/64 and 10/64. */
    @Test
    void sitesAreTheWordsOfThePValue() throws IOException {
        Motif motif = JasparFile.read(stream(ACG), "m").get(0);
        Bases one = Bases.of("ACGAAATCGTTT");
        assertThat(new MotifSites(motif, MODEL, 0.015).count(one)).isZero();
        assertThat(new MotifSites(motif, MODEL, 1 / 64.0).count(one))
                .as("ACG, and CGT")
                .isEqualTo(2);
        assertThat(new MotifSites(motif, MODEL, 0.15).count(one)).isEqualTo(2);
        int more = new MotifSites(motif, MODEL, 10 / 64.0).count(one);
        assertThat(more).as("ACG, TCG, CGT, CGA, AAG no").isGreaterThan(2);
    }

    @Test
    void correlationComparesNumbersOfSites() throws IOException {
        String motifs = ACG + ">M2 ttt\nA [ 0 0 0 ]\nC [ 0 0 0 ]\nG [ 0 0 0 ]\nT [ 5 5 5 ]\n";
        Reward reward = DnaRewards.motifCorrelation(
                stream(motifs), "m", stream(">a\nACGC\nACGC\n>b\nTTT\n"), "s", MODEL, 1 / 64.0);
        assertThat(value(reward, "ACG")).isCloseTo(1, within(1e-12));
        assertThat(value(reward, "TTTT")).isCloseTo(-1, within(1e-12));
        assertThat(value(reward, "CCCC")).as("no site").isZero();
        assertThatThrownBy(
                        () -> DnaRewards.motifCorrelation(stream(motifs), "m", stream("CCCC\n"), "s", MODEL, 1 / 64.0))
                .hasMessage(
                        "Invalid sequences: they hold every motif equally often (must differ, or nothing correlates)");
        assertThatThrownBy(
                        () -> DnaRewards.motifCorrelation(stream(motifs), "m", stream("ACGX\n"), "s", MODEL, 1 / 64.0))
                .hasMessage("Cannot read s: the sequence that ends in line 1 is not DNA of A, C, G and T, up to"
                        + " 100000 bases");
    }

    @Test
    void codonsOfAFileCountAsSharpAndLiCount() throws IOException {
        StringBuilder file = new StringBuilder();
        for (String[] row : ParameterTable.rows(TestDnaRewards.class, "codons.tsv")) {
            file.append(row[0])
                    .append('\t')
                    .append(row[0].equals("TTT") ? "8" : row[0].equals("TTC") ? "2" : "0")
                    .append('\n');
        }
        Reward reward = DnaRewards.codonAdaptation(stream(file.toString()), "c");
        assertThat(value(reward, "TTTTTC")).isCloseTo(Math.sqrt(0.25), within(1e-12));
        assertThat(value(reward, "ATGTTTTAA")).as("start and stop do not count").isEqualTo(1);
        assertThat(status(reward, "ATGTGGTAA")).isEqualTo(Status.NOT_APPLICABLE);
        assertThat(status(reward, "TTTT")).isEqualTo(Status.INVALID_INPUT);
        assertThatThrownBy(() -> DnaRewards.codonAdaptation(stream("TTT 8\n"), "c"))
                .hasMessage("Cannot read c: it lacks the codon TTC");
        assertThatThrownBy(() -> DnaRewards.codonAdaptation(stream("TTX 8\n"), "c"))
                .hasMessage("Cannot read c: line 1 is not a codon and a number");
    }

    @Test
    void runsAndIslands() {
        assertThat(value(DnaRewards.longestHomopolymer(), "ACGGGTT")).isEqualTo(3);
        assertThat(value(DnaRewards.cpgRatio(), "CGCG")).isEqualTo(2);
        assertThat(status(DnaRewards.cpgRatio(), "CCCC")).isEqualTo(Status.NOT_APPLICABLE);
    }

    @Test
    void meltingNeedsSaltAndStrands() {
        assertThatThrownBy(() -> new Solution(0, 0, 0, 0, 0, 25, 25))
                .hasMessage("Invalid na: 0.0 (must be above 0 without another salt)");
        assertThatThrownBy(() -> new Solution(50, 0, 0, 0, 0, 25, 50))
                .hasMessage("Invalid complement: 50.0 (must be below twice the strand's 25.0)");
        Reward reward = DnaRewards.meltingTemperature(new Solution(50, 0, 0, 0, 0, 25, 25));
        assertThat(status(reward, "A")).isEqualTo(Status.NOT_APPLICABLE);
        assertThat(value(reward, "ACGTTGCAAG"))
                .as("a strand melts as its complement")
                .isEqualTo(value(reward, "CTTGCAACGT"));
    }

    /** Of ACG in a background of equal shares: a right base has log2(8/3) bits, a wrong one log2(4/9). */
    @Test
    void aLetterForSeveralBasesCostsOnlyWhatCannotBeTold() throws IOException {
        double right = Math.log(6.0 / 9 / 0.25) / Math.log(2);
        double wrong = Math.log(1.0 / 9 / 0.25) / Math.log(2);
        Reward best = DnaRewards.motifBest(stream(ACG), "m", "", MODEL);
        assertThat(value(best, "TTACGTTNTT")).as("elsewhere").isCloseTo(3 * right, within(1e-12));
        assertThat(value(best, "TTTTNCGAAAA")).isCloseTo(2 * right + (right + 3 * wrong) / 4, within(1e-12));
        assertThat(value(best, "TTTTRCGAAAA")).as("A or G").isCloseTo(2 * right + (right + wrong) / 2, within(1e-12));
        assertThat(value(best, "TTTTCGYTTTT"))
                .as("the complement of RCG")
                .isCloseTo(2 * right + (right + wrong) / 2, within(1e-12));
        assertThat(value(DnaRewards.gc(), "GCNAT")).isEqualTo(0.5);
        assertThat(value(DnaRewards.gc(), "GSWA")).isEqualTo(0.5);
        assertThat(value(DnaRewards.gc(), "GGRA")).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(value(DnaRewards.cpgRatio(), "CGCGNN")).isEqualTo(2);
        assertThat(value(DnaRewards.cpgRatio(), "CNGCG")).isEqualTo(1);
        assertThat(value(DnaRewards.longestHomopolymer(), "AANAAAC")).isEqualTo(3);
        Reward melting = DnaRewards.meltingTemperature(new Solution(50, 0, 0, 0, 0, 25, 25));
        String strand = "ACGTTGCAAGTT";
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (char base : "ACGT".toCharArray()) {
            double told = value(melting, strand.substring(0, 5) + base + strand.substring(6));
            lowest = Math.min(lowest, told);
            highest = Math.max(highest, told);
        }
        assertThat(value(melting, "ACGTTNCAAGTT")).isBetween(lowest, highest);
        assertThat(value(melting, "ACGTTGCAAGTN")).isBetween(20.0, 45.0);
        Reward codons = DnaRewards.codonAdaptation("ecoli");
        assertThat(value(codons, "CTGNNNGAA")).isEqualTo(value(codons, "CTGGAA"));
        for (Reward reward : List.of(best, DnaRewards.gc(), melting, codons)) {
            assertThat(status(reward, "NNNNNN")).isEqualTo(Status.NOT_APPLICABLE);
            assertThat(status(reward, "ACGUAC")).isEqualTo(Status.INVALID_INPUT);
        }
    }
}
