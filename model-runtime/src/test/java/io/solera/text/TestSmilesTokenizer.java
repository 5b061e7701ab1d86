package io.solera.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestSmilesTokenizer {
    @Test
    void bracketAtomsAreOneToken() {
        assertThat(SmilesTokenizer.split("C[C@@H](N)[13CH3]")).containsExactly("C", "[C@@H]", "(", "N", ")", "[13CH3]");
        assertThat(SmilesTokenizer.split("[NH3+]CC([O-])=O"))
                .containsExactly("[NH3+]", "C", "C", "(", "[O-]", ")", "=", "O");
    }

    @Test
    void twoLetterElementsStayWhole() {
        assertThat(SmilesTokenizer.split("ClCBr")).containsExactly("Cl", "C", "Br");
        assertThat(SmilesTokenizer.split("BC")).containsExactly("B", "C");
    }

    @Test
    void ringNumbersOverNineAreOneToken() {
        assertThat(SmilesTokenizer.split("C%12CC%12C1CC1"))
                .containsExactly("C", "%12", "C", "C", "%12", "C", "1", "C", "C", "1");
    }

    @Test
    void bondsAroundDoubleBondsAreTokens() {
        assertThat(SmilesTokenizer.split("F/C=C\\F.c1cc#s1"))
                .containsExactly("F", "/", "C", "=", "C", "\\", "F", ".", "c", "1", "c", "c", "#", "s", "1");
    }

    @Test
    void theEmptyStringHasNoToken() {
        assertThat(SmilesTokenizer.split("")).isEmpty();
    }

    @Test
    void encodesByTheSortedTokensOfTheCorpus() {
        SmilesTokenizer tokenizer = SmilesTokenizer.of(List.of("CCO", "N[C@H](C)Cl"));
        assertThat(tokenizer.vocabulary().tokens())
                .containsExactly("<pad>", "<bos>", "<eos>", "<unk>", "(", ")", "C", "Cl", "N", "O", "[C@H]");
        assertThat(tokenizer.encode("NCCl")).containsExactly(8, 6, 7);
        assertThat(tokenizer.decode(tokenizer.encode("N[C@H](C)Cl"))).isEqualTo("N[C@H](C)Cl");
    }

    @Test
    void leavesOutRareTokens() {
        assertThat(SmilesTokenizer.of(List.of("CCO", "CO", "N"), 2).vocabulary().tokens())
                .endsWith("C", "O")
                .doesNotContain("N");
    }

    @Test
    void decodingLeavesOutSpecialTokens() {
        SmilesTokenizer tokenizer = SmilesTokenizer.of(List.of("CO"));
        assertThat(tokenizer.decode(new int[] {1, 4, 5, 2, 0})).isEqualTo("CO");
    }

    @Test
    void refusesWhatIsNoToken() {
        assertThatThrownBy(() -> SmilesTokenizer.split("CCxO"))
                .isInstanceOf(TokenizationException.class)
                .hasMessage("Cannot split SMILES: no token starts at character 3 (CCxO)");
        assertThatThrownBy(() -> SmilesTokenizer.split("C[NH"))
                .isInstanceOf(TokenizationException.class)
                .hasMessage("Cannot split SMILES: no token starts at character 2 (C[NH)");
        assertThatThrownBy(() -> SmilesTokenizer.split("C%1"))
                .isInstanceOf(TokenizationException.class)
                .hasMessage("Cannot split SMILES: no token starts at character 2 (C%1)");
    }

    @Test
    void abbreviatesLongStringsInMessages() {
        assertThatThrownBy(() -> SmilesTokenizer.split("C".repeat(90) + "?!"))
                .isInstanceOf(TokenizationException.class)
                .hasMessage("Cannot split SMILES: no token starts at character 92 (" + "C".repeat(80) + "...)");
    }

    @Test
    void refusesTokensOutsideTheVocabulary() {
        assertThatThrownBy(() -> SmilesTokenizer.of(List.of("CO")).encode("C[NH3+]"))
                .isInstanceOf(TokenizationException.class)
                .hasMessage("Cannot encode SMILES: the vocabulary lacks token [NH3+] (C[NH3+])");
    }
}
