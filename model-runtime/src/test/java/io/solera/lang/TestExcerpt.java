package io.solera.lang;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestExcerpt {
    @Test
    void shortTextsAreWhole() {
        assertThat(Excerpt.of("abc", 3)).isEqualTo("abc");
        assertThat(Excerpt.ofEnd("abc", 3)).isEqualTo("abc");
        assertThat(Excerpt.of("", 3)).isEmpty();
    }

    @Test
    void longOnesEndInDots() {
        assertThat(Excerpt.of("abcd", 3)).isEqualTo("abc...");
        assertThat(Excerpt.ofEnd("abcd", 3)).isEqualTo("...bcd");
    }

    @Test
    void noCharacterIsCutInHalf() {
        assertThat(Excerpt.of("ab😀c", 3)).isEqualTo("ab...");
        assertThat(Excerpt.ofEnd("a😀bc", 3)).isEqualTo("...bc");
    }

    @Test
    void oneLineHasNoControlCharacters() {
        assertThat(Excerpt.inLine("a\n\u001b[1mb", 80)).isEqualTo("a??[1mb");
        assertThat(Excerpt.ofFirstLine("first\nsecond", 3)).isEqualTo("fir...");
    }
}
