package io.solera.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestVocabulary {
    @Test
    void specialTokensComeFirst() {
        Vocabulary vocabulary = Vocabulary.of(List.of("C", "N"));
        assertThat(vocabulary.size()).isEqualTo(6);
        assertThat(List.of(vocabulary.pad(), vocabulary.bos(), vocabulary.eos()))
                .containsExactly(0, 1, 2);
        assertThat(vocabulary.id("N")).isEqualTo(5);
        assertThat(vocabulary.token(4)).isEqualTo("C");
        assertThat(vocabulary.id("O")).isNull();
    }

    @Test
    void specialTokensMayStandAnywhere() {
        Vocabulary vocabulary = new Vocabulary(List.of("C", "<eos>", "<bos>", "<unk>", "<pad>"));
        assertThat(List.of(vocabulary.pad(), vocabulary.bos(), vocabulary.eos()))
                .containsExactly(4, 2, 1);
    }

    @Test
    void vocabulariesWithTheSameTokensAreEqual() {
        assertThat(Vocabulary.of(List.of("C")))
                .isEqualTo(Vocabulary.of(List.of("C")))
                .hasSameHashCodeAs(Vocabulary.of(List.of("C")))
                .isNotEqualTo(Vocabulary.of(List.of("N")));
    }

    @Test
    void refusesATokenThatStandsTwice() {
        assertThatThrownBy(() -> Vocabulary.of(List.of("C", "C")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid vocabulary: token C is listed twice (ids must be unique)");
    }

    @Test
    void refusesAMissingSpecialToken() {
        assertThatThrownBy(() -> new Vocabulary(List.of("<pad>", "<bos>", "<unk>", "C")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid vocabulary: special token <eos> is missing"
                        + " (must hold [<pad>, <bos>, <eos>, <unk>])");
    }
}
