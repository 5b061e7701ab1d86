package io.solera.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestWordTokenizer {
    @Test
    void bracketAtomsAreOneToken() {
        assertThat(Words.SMILES.split("C[C@@H](N)[13CH3]")).containsExactly("C", "[C@@H]", "(", "N", ")", "[13CH3]");
        assertThat(Words.SMILES.split("[NH3+]CC([O-])=O"))
                .containsExactly("[NH3+]", "C", "C", "(", "[O-]", ")", "=", "O");
    }

    @Test
    void twoLetterElementsStayWhole() {
        assertThat(Words.SMILES.split("ClCBr")).containsExactly("Cl", "C", "Br");
        assertThat(Words.SMILES.split("BC")).containsExactly("B", "C");
    }

    @Test
    void ringNumbersOverNineAreOneToken() {
        assertThat(Words.SMILES.split("C%12CC%12C1CC1"))
                .containsExactly("C", "%12", "C", "C", "%12", "C", "1", "C", "C", "1");
    }

    @Test
    void bondsAroundDoubleBondsAreTokens() {
        assertThat(Words.SMILES.split("F/C=C\\F.c1cc#s1"))
                .containsExactly("F", "/", "C", "=", "C", "\\", "F", ".", "c", "1", "c", "c", "#", "s", "1");
    }

    @Test
    void theEmptyStringHasNoToken() {
        assertThat(Words.SMILES.split("")).isEmpty();
    }

    @Test
    void encodesByTheSortedTokensOfTheCorpus() {
        WordTokenizer tokenizer = WordTokenizer.smiles(List.of("CCO", "N[C@H](C)Cl"));
        assertThat(tokenizer.vocabulary().tokens())
                .containsExactly("<pad>", "<bos>", "<eos>", "<unk>", "(", ")", "C", "Cl", "N", "O", "[C@H]");
        assertThat(tokenizer.encode("NCCl")).containsExactly(8, 6, 7);
        assertThat(tokenizer.decode(tokenizer.encode("N[C@H](C)Cl"))).isEqualTo("N[C@H](C)Cl");
    }

    @Test
    void leavesOutRareTokens() {
        assertThat(WordTokenizer.of(Words.SMILES, List.of("CCO", "CO", "N"), 2)
                        .vocabulary()
                        .tokens())
                .endsWith("C", "O")
                .doesNotContain("N");
    }

    @Test
    void decodingLeavesOutSpecialTokens() {
        WordTokenizer tokenizer = WordTokenizer.smiles(List.of("CO"));
        assertThat(tokenizer.decode(new int[] {1, 4, 5, 2, 0})).isEqualTo("CO");
        assertThat(tokenizer.decode(new int[] {4, tokenizer.size(), 5}))
                .as("rows of a network past the words")
                .isEqualTo("CO");
    }

    @Test
    void refusesWhatIsNoToken() {
        assertThatThrownBy(() -> Words.SMILES.split("CCxO"))
                .isInstanceOf(TokenizationException.class)
                .hasMessage("Cannot split SMILES: no token starts at character 3 (CCxO)");
        assertThatThrownBy(() -> Words.SMILES.split("C[NH"))
                .isInstanceOf(TokenizationException.class)
                .hasMessage("Cannot split SMILES: no token starts at character 2 (C[NH)");
        assertThatThrownBy(() -> Words.SMILES.split("C%1"))
                .isInstanceOf(TokenizationException.class)
                .hasMessage("Cannot split SMILES: no token starts at character 2 (C%1)");
    }

    @Test
    void abbreviatesLongStringsInMessages() {
        assertThatThrownBy(() -> Words.SMILES.split("C".repeat(90) + "?!"))
                .isInstanceOf(TokenizationException.class)
                .hasMessage("Cannot split SMILES: no token starts at character 92 (" + "C".repeat(80) + "...)");
    }

    @Test
    void refusesTokensOutsideTheVocabulary() {
        assertThatThrownBy(() -> WordTokenizer.smiles(List.of("CO")).encode("C[NH3+]"))
                .isInstanceOf(TokenizationException.class)
                .hasMessage("Cannot encode SMILES: the vocabulary lacks token [NH3+] (C[NH3+])");
    }

    @Test
    void aminoAcidsAreOneLetterEach() {
        assertThat(Words.AMINO_ACIDS.split("MKV*")).containsExactly("M", "K", "V", "*");
        assertThatThrownBy(() -> Words.AMINO_ACIDS.split("MkV"))
                .isInstanceOf(TokenizationException.class)
                .hasMessage("Cannot split amino acids: no token starts at character 2 (MkV)");
    }

    @Test
    void kmersDoNotOverlapAndTheRestIsSingleLetters() {
        assertThat(Words.kmers(4).split("ACGTTTGCAC")).containsExactly("ACGT", "TTGC", "A", "C");
        assertThat(Words.kmers(4).split("ACGNACGTA")).containsExactly("A", "C", "G", "N", "ACGT", "A");
        assertThat(Words.kmers(1).split("ACN")).containsExactly("A", "C", "N");
        assertThat(WordTokenizer.of(Words.kmers(4), List.of(), 1).size()).isEqualTo(4 + 5 + 256);
        assertThat(WordTokenizer.of(Words.kmers(1), List.of(), 1).size()).isEqualTo(4 + 5);
        assertThatThrownBy(() -> Words.kmers(7)).hasMessage("Invalid k of k-mers: 7 (must be 1 to 6)");
        assertThatThrownBy(() -> Words.kmers(3).split("ACGU"))
                .hasMessage("Cannot split DNA: no token starts at character 4 (ACGU)");
    }

    @Test
    void everyByteIsAToken() {
        WordTokenizer bytes = WordTokenizer.of(Words.BYTES, List.of(), 1);
        String text = "a\u0000\n\u00e9 \ud83c\udf77<eos>";
        assertThat(bytes.size()).isEqualTo(4 + 256);
        assertThat(bytes.encode("a\u0000\n")).containsExactly('a' + 4, 4, '\n' + 4);
        assertThat(bytes.decode(bytes.encode(text))).isEqualTo(text);
    }
}
