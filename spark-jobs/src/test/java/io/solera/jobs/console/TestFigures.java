package io.solera.jobs.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

class TestFigures {
    @Test
    void numbersTellWhateverTheirSizeAndNoneIsADash() {
        assertThat(Figures.number(0.0)).isEqualTo("0.000");
        assertThat(Figures.number(-1234.5678)).isEqualTo("-1234.568");
        assertThat(Figures.number(0.00012)).isEqualTo("1.20e-04");
        assertThat(Figures.number(-3e9)).isEqualTo("-3.00e+09");
        assertThat(Figures.number(Double.NaN)).isEqualTo("-");
        assertThat(Figures.number(JsonNull.INSTANCE)).isEqualTo("-");
        assertThat(Figures.percent(null)).isEqualTo("-");
    }

    @Test
    void anIntervalIsShownWhereThereIsOne() {
        assertThat(Figures.interval(json("{mean: 0.5, low: 0.4, high: 0.6}"))).isEqualTo("0.500 (0.400 .. 0.600)");
        assertThat(Figures.interval(json("{mean: 0.5, low: null, high: null, batch: 16}")))
                .isEqualTo("0.500");
        assertThat(Figures.shares(json("{mean: 0.5, low: 0.4, high: 0.6}"))).isEqualTo("50.0 % (40.0 .. 60.0 %)");
        assertThat(Figures.shares(json("{mean: null, low: null, high: null}"))).isEqualTo("-");
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }
}
