package io.solera.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.solera.config.TrainJob;
import io.solera.store.DamagedRunException;
import io.solera.train.history.RoundRecord;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TestFinishedRun {
    private static final Offset<Double> EXACT = within(1e-9);
    private static final String STEP = """
            {"samples": 32, "tokens": 320, "generation_seconds": 0.64, "scoring_seconds": 9.6, "qed_seconds": 6.4,
             "sa_seconds": 3.2, "logp_seconds": 0, "update_seconds": 2.56, "resident_mib": 700}""";
    private static final String MEMORY = "{\"driver_peak_resident_mib\": 900}";

    /** Three learners on three slots, two steps: 25.6 s of tasks a round, and the rest. */
    private static RoundRecord round(int number, double seconds, int steps) {
        List<JsonObject> lines = new ArrayList<>();
        for (int k = 0; k < steps; k++) {
            lines.add(JsonParser.parseString(STEP).getAsJsonObject());
        }
        return new RoundRecord(
                number,
                lines,
                null,
                new JsonObject(),
                null,
                null,
                null,
                null,
                null,
                seconds,
                3,
                JsonParser.parseString(MEMORY).getAsJsonObject());
    }

    private static Rates rates(TrainJob job, RoundRecord... rounds) throws DamagedRunException {
        return FinishedRun.rates("runs/one", List.of(rounds), job, Worked.NETWORK);
    }

    @Test
    void ratesAreWhatTheRoundsAfterTheFirstTook() throws DamagedRunException {
        Rates rates = rates(Worked.job(), round(0, 50, 0), round(1, 100, 6), round(2, 26.5, 6), round(3, 26.7, 6));
        assertThat(rates.tokens()).isEqualTo(10);
        assertThat(rates.perToken()).isCloseTo(0.002, EXACT);
        assertThat(rates.scoring().get("qed")).isCloseTo(0.2, EXACT);
        assertThat(rates.scoring().get("sa")).isCloseTo(0.1, EXACT);
        // 0.008 s a token are 7 passes: one without a gradient, and twice three
        assertThat(rates.perSeenToken()).isCloseTo(0.008 / 7, EXACT);
        assertThat(rates.perGradientToken()).isCloseTo(3 * 0.008 / 7, EXACT);
        assertThat(rates.rest().round()).isCloseTo(1, EXACT);
        // three updates at once, of which each slot had one
        assertThat(rates.memory().driver()).isBetween(800.0, 900.0);
        assertThat(rates.memory().executor()).isBetween(600.0, 700.0);
    }

    @Test
    void aRunOfItsOwnSizeIsPlannedAsItWas() throws DamagedRunException {
        TrainJob job = Worked.job("evaluation.samples=1");
        Rates rates = rates(job, round(1, 26.6, 6));
        Plan plan =
                Plan.of(new Plan.Request(job, Worked.NETWORK, 1, 1e12, Double.NaN, Double.NaN), Worked.apart(3), rates);
        assertThat(plan.roundSeconds()).isCloseTo(26.6, within(1e-3));
        assertThat(plan.cost()).isNaN();
    }

    @Test
    void whatIsLeftIsSharedOutOverStepsAndTheRound() throws DamagedRunException {
        Rates rates = rates(Worked.job("execution=staged"), round(1, 25.6 + 3, 6));
        assertThat(rates.rest().round()).isCloseTo(1, EXACT);
        assertThat(rates.rest().stagedStep()).isCloseTo(1, EXACT);
    }

    @Test
    void refusesARunThatHasNotTrained() {
        assertThatThrownBy(() -> rates(Worked.job(), round(0, 50, 0)))
                .hasMessage("Cannot plan from runs/one: no round has trained (it has 0; wait for the first one, or"
                        + " use --calibrate)");
    }
}
