package io.solera.lang;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestEnumText {
    private enum Colour {
        RED,
        DARK_BLUE,
        GREEN
    }

    private enum Only {
        ONE
    }

    @Test
    void isLowerCaseWithHyphens() {
        assertThat(EnumText.of(Colour.DARK_BLUE)).isEqualTo("dark-blue");
    }

    @Test
    void findsTheConstantOfAText() {
        assertThat(EnumText.find(Colour.class, "dark-blue")).contains(Colour.DARK_BLUE);
        assertThat(EnumText.find(Colour.class, "DARK_BLUE")).isEmpty();
    }

    @Test
    void listsTheChoices() {
        assertThat(EnumText.choices(Colour.class)).isEqualTo("red, dark-blue or green");
        assertThat(EnumText.choices(Only.class)).isEqualTo("one");
    }
}
