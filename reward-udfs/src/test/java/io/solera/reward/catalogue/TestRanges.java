package io.solera.reward.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TestRanges {
    @Test
    void numbersKeepTheirRange() {
        assertThat(Ranges.number(Map.of("ph", "7.4"), "ph", 0, 14)).isEqualTo(7.4);
        assertThat(Ranges.whole(Map.of("window", "11"), "window", 2, 100)).isEqualTo(11);
        for (String wrong : new String[] {"-1", "15", "NaN", "acid", ""}) {
            assertThatThrownBy(() -> Ranges.number(Map.of("ph", wrong), "ph", 0, 14))
                    .hasMessage("Invalid ph: " + wrong + " (must be a number from 0 to 14)");
        }
        assertThatThrownBy(() -> Ranges.whole(Map.of("window", "2.5"), "window", 2, 100))
                .hasMessage("Invalid window: 2.5 (must be a whole number from 2 to 100)");
    }
}
