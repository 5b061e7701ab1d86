package io.solera.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TestScore {
    @Test
    void nanAndInfinitiesOfARewardAreFailures() {
        assertThat(Score.of(0.5)).isEqualTo(new Score(0.5, Status.OK));
        assertThat(Score.of(Double.NaN).status()).isEqualTo(Status.FAILED);
        assertThat(Score.of(Double.NEGATIVE_INFINITY)).isEqualTo(Score.missing(Status.FAILED));
    }

    @Test
    void valueAndStatusGoTogether() {
        assertThatThrownBy(() -> new Score(Double.NaN, Status.OK))
                .hasMessage("Invalid score: NaN (must be finite when it is ok)");
        assertThatThrownBy(() -> new Score(1, Status.TIMED_OUT))
                .hasMessage("Invalid score: 1.0 (must be NaN when it is timed-out)");
    }

    @Test
    void statusWordsAreReadBack() {
        for (Status status : Status.values()) {
            assertThat(Status.parse(status.text())).isEqualTo(status);
        }
        assertThat(Status.NOT_APPLICABLE.text()).isEqualTo("not-applicable");
        assertThatThrownBy(() -> Status.parse("bad"))
                .hasMessage("Invalid status: bad (must be ok, invalid-input, not-applicable, timed-out or failed)");
    }
}
