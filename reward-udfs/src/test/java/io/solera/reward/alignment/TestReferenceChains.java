package io.solera.reward.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestReferenceChains {
    private static List<String> read(String text) throws IOException {
        return ReferenceChains.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "known.fasta");
    }

    @Test
    void readsFastaAndLines() throws IOException {
        assertThat(read(">one\nMKV\nLA\n\n>two x\nwkl*\n>none\n")).containsExactly("MKVLA", "wkl*");
        assertThat(read("# a comment\nMKV first\n\nWKL\tsecond\n")).containsExactly("MKV", "WKL");
        assertThat(read("")).isEmpty();
    }

    @Test
    void namesTheLineOfWhatIsNoProtein() {
        assertThatThrownBy(() -> read("MKV\nMK-V\n"))
                .hasMessage("Cannot read known.fasta: line 2 begins no protein of the twenty amino acids and up to 5000"
                        + " residues (MK-V)");
        assertThatThrownBy(() -> read(">one\nMKV\n>two\nMKX\n"))
                .hasMessageContaining("line 3")
                .hasMessageContaining("MKX");
    }

    @Test
    void wordsAreComparedAsSets() {
        // MKMK and KMKM: words of two MK, KM and KM, MK; of three MKM, KMK and KMK, MKM
        assertThat(AlignmentRewards.kmerSimilarity(List.of("KMKM"), 2)
                        .score(List.of("MKMK"))
                        .get(0)
                        .value())
                .isEqualTo(1);
        // MKV: MK, KV; of three words one is shared
        assertThat(AlignmentRewards.kmerSimilarity(List.of("MKL", "DDD"), 2)
                        .score(List.of("MKV"))
                        .get(0)
                        .value())
                .isEqualTo(1.0 / 3);
        assertThat(AlignmentRewards.kmerSimilarity(List.of("MKL"), 2)
                        .score(List.of("M"))
                        .get(0)
                        .present())
                .isFalse();
    }

    @Test
    void refusesReferencesThatCannotBeCompared() {
        assertThatThrownBy(() -> AlignmentRewards.globalIdentity(List.of("MK-V")))
                .hasMessage("Invalid reference: MK-V (must be a protein of the twenty amino acids, of up to 5000"
                        + " residues)");
        assertThatThrownBy(() -> AlignmentRewards.kmerSimilarity(List.of("MK"), 3))
                .hasMessage("Invalid reference: MK (must have at least k residues, 3)");
        assertThatThrownBy(() -> AlignmentRewards.localIdentity(List.of()))
                .hasMessage("Invalid reference: none given (must be at least one protein)");
    }
}
