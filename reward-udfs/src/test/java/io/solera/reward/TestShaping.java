package io.solera.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestShaping {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "identity; 0.3; 0.3",
                "identity; 1.7; 1",
                "linear(2, 4); 2.5; 0.25",
                "linear(2, 4); 1; 0",
                "reverse-linear(1.5, 5); 1.5; 1",
                "reverse-linear(1.5, 5); 3.25; 0.5",
                "reverse-linear(1.5, 5); 9; 0",
                "window(1, 3, 2); 1; 1",
                "window(1, 3, 2); 0; 0.5",
                "window(1, 3, 2); 4.5; 0.25",
                "window(1, 3, 2); -9; 0",
                "sigmoid(0, 10); 5; 0.5",
                "sigmoid(0, 10); 6; 0.909091",
                "sigmoid(0, 10); 0; 0.00001",
                "reverse-sigmoid(0, 10); 6; 0.090909"
            })
    void mapsOntoTheUnitInterval(String shaping, double raw, double shaped) {
        assertThat(Shaping.parse(shaping).apply(raw)).isCloseTo(shaped, within(1e-6));
    }

    @Test
    void onlyInvalidInputCountsAsTheLowestValue() {
        Shaping shaping = Shaping.linear(0, 2);
        assertThat(shaping.apply(Score.of(1))).hasValue(0.5);
        assertThat(shaping.apply(Score.missing(Status.INVALID_INPUT))).hasValue(0);
        assertThat(shaping.apply(Score.missing(Status.NOT_APPLICABLE))).isEmpty();
        assertThat(shaping.apply(Score.missing(Status.TIMED_OUT))).isEmpty();
        assertThat(shaping.apply(Score.missing(Status.FAILED))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"identity", "linear(-1.6, -0.4)", "reverse-linear(1.5, 5)", "window(1, 3, 2)", "sigmoid(0, 1)"})
    void textIsReadBack(String text) {
        assertThat(Shaping.parse(" " + text + " ").text()).isEqualTo(text);
    }

    @Test
    void refusesWhatItCannotRead() {
        assertThatThrownBy(() -> Shaping.parse("windw(1, 2)"))
                .hasMessage("Invalid shaping: windw(1, 2) (must be identity, linear(low, high), "
                        + "reverse-linear(low, high), window(low, high, margin), sigmoid(low, high) or "
                        + "reverse-sigmoid(low, high))");
        assertThatThrownBy(() -> Shaping.parse("window(1, 3)"))
                .hasMessage("Invalid shaping: window(1, 3) (window takes 3 parameters)");
        assertThatThrownBy(() -> Shaping.parse("linear(1, b)"))
                .hasMessage("Invalid shaping: linear(1, b) (b is not a number)");
        assertThatThrownBy(() -> Shaping.linear(2, 2))
                .hasMessage("Invalid shaping: linear(2, 2) (low must be below high)");
        assertThatThrownBy(() -> Shaping.window(1, 2, 0))
                .hasMessage("Invalid shaping: window(1, 2, 0) (margin must be above 0)");
        assertThatThrownBy(() -> Shaping.linear(0, Double.NaN))
                .hasMessage("Invalid shaping: linear(0, NaN) (parameters must be finite)");
    }
}
