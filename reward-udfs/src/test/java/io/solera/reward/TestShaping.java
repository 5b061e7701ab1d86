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

    /**
     * Numbers from the formulas of REINVENT 4.8 (reinvent/scoring/transforms), evaluated with NumPy in double
     * precision.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "sigmoid(0, 10, 0.5); 6; 0.7597469266479578",
                "sigmoid(0, 10, 0.5); 0; 0.003152309183260209",
                "sigmoid(250, 500, 0.25); 400; 0.6400649998028851",
                "reverse-sigmoid(250, 500, 0.25); 400; 0.3599350001971149",
                "double-sigmoid(1, 3); 0; 0.0306534300317155",
                "double-sigmoid(1, 3); 1; 0.5",
                "double-sigmoid(1, 3, 100, 150, 150); 1.999; 0.9692437756141419",
                "double-sigmoid(1, 3); 2; 0.9693465699682845",
                "double-sigmoid(1, 3); 4; 0.0306534300317156",
                "double-sigmoid(200, 500, 500, 20, 20); 150; 0.0099009900990099",
                "double-sigmoid(200, 500, 500, 20, 20); 349; 0.9999989035230060",
                "double-sigmoid(200, 500, 500, 20, 20); 600; 0.0000999900009999",
                "left-step(2); 2; 1",
                "left-step(2); 2.1; 0",
                "right-step(2); 2; 1",
                "right-step(2); 1.9; 0",
                "step(1, 3); 1; 1",
                "step(1, 3); 3; 1",
                "step(1, 3); 3.1; 0",
                "exponential-decay(0.5); -1; 1",
                "exponential-decay(0.5); 4; 0.1353352832366127",
                "gaussian(3, 0.5); 3; 1",
                "gaussian(3, 0.5); 3.5; 0.6065306597126334",
                "gaussian(3, 0.5); 4.2; 0.0561347628341337",
                "value-mapping(0=1, 1=0.5); 0; 1",
                "value-mapping(0=1, 1=0.5); -0.0; 1",
                "value-mapping(0=1, 1=0.5); 1; 0.5"
            })
    void agreesWithReinvent(String shaping, double raw, double shaped) {
        assertThat(Shaping.parse(shaping).apply(raw)).isCloseTo(shaped, within(1e-14));
    }

    @Test
    void farFromItsEdgesASigmoidIsStillANumber() {
        for (String text : new String[] {"sigmoid(0, 1, 50)", "reverse-sigmoid(0, 1, 50)", "double-sigmoid(0, 1)"}) {
            for (double x : new double[] {-1e300, 1e300}) {
                assertThat(Shaping.parse(text).apply(x)).isBetween(0.0, 1.0);
            }
        }
    }

    @Test
    void aValueThatTheMapDoesNotNameIsMissing() {
        assertThat(Shaping.parse("value-mapping(0=1)").apply(Score.of(2))).isEmpty();
        assertThat(Shaping.parse("value-mapping(0=1)").apply(Score.missing(Status.INVALID_INPUT)))
                .hasValue(0);
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
            strings = {
                "identity",
                "linear(-1.6, -0.4)",
                "reverse-linear(1.5, 5)",
                "window(1, 3, 2)",
                "sigmoid(0, 1)",
                "sigmoid(0, 1, 0.5)",
                "reverse-sigmoid(0, 1, 2)",
                "double-sigmoid(1, 3)",
                "double-sigmoid(1, 3, 50)",
                "double-sigmoid(1, 3, 100, 150, 20)",
                "left-step(2)",
                "right-step(-2)",
                "step(1, 1)",
                "gaussian(3, 0.5)",
                "exponential-decay(0.1)",
                "value-mapping(0=1, 1=0.5, 2.5=0)"
            })
    void textIsReadBack(String text) {
        assertThat(Shaping.parse(" " + text + " ").text()).isEqualTo(text);
    }

    @Test
    void refusesWhatItCannotRead() {
        refuses(
                "windw(1, 2)",
                "must be identity, linear(low, high), reverse-linear(low, high), window(low, high, margin), "
                        + "sigmoid(low, high, k=1), reverse-sigmoid(low, high, k=1), "
                        + "double-sigmoid(low, high, coef-div=100, coef-si=150, coef-se=150), left-step(low), "
                        + "right-step(high), step(low, high), gaussian(mean, deviation), exponential-decay(k) or "
                        + "value-mapping(value=score, ...)");
        refuses("window(1, 3)", "must be window(low, high, margin)");
        refuses("sigmoid(1)", "must be sigmoid(low, high, k=1)");
        refuses("sigmoid(1, 2, 3, 4)", "must be sigmoid(low, high, k=1)");
        refuses("linear(1, b)", "b is not a number");
        refuses("linear(1, Infinity)", "parameters must be finite");
        refuses("linear(2, 2)", "low must be below high");
        refuses("step(2, 1)", "low must not be above high");
        refuses("sigmoid(0, 1, 0)", "k must be above 0");
        refuses("double-sigmoid(0, 1, 0)", "coefficients must be above 0");
        refuses("gaussian(0, 0)", "deviation must be above 0");
        refuses("exponential-decay(-1)", "k must be above 0");
        refuses("window(1, 2, 0)", "margin must be above 0");
        refuses("value-mapping()", "must name at least one value");
        refuses("value-mapping(1)", "must be value-mapping(value=score, ...)");
        refuses("value-mapping(1=2)", "scores must be from 0 to 1");
        refuses("value-mapping(1=0, 1=1)", "must name a value once");
        assertThatThrownBy(() -> Shaping.linear(0, Double.NaN))
                .hasMessage("Invalid shaping: linear(0, NaN) (parameters must be finite)");
    }

    private static void refuses(String text, String rule) {
        assertThatThrownBy(() -> Shaping.parse(text)).hasMessage("Invalid shaping: " + text + " (" + rule + ")");
    }
}
