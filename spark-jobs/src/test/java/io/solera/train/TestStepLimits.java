package io.solera.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.solera.problem.RunException;
import io.solera.train.learner.LearnerUpdate;
import io.solera.train.learner.LogProbabilityGap;
import io.solera.train.learner.StepMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestStepLimits {
    @TempDir
    private Path folder;

    private static List<LearnerUpdate> update(float drawn, float recomputed) {
        return List.of(new LearnerUpdate(
                "qed", 1, Map.of(), new double[0], new LogProbabilityGap(17, 4, drawn, recomputed), new StepMetrics()));
    }

    @Test
    void aPolicyThatSamplesOtherThanItTrainsStopsTheRun() {
        assertThatCode(() -> StepLimits.checkGap(3, update(-1, -1.0005f), 0.001))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> StepLimits.checkGap(3, update(-1, -1.5f), 0.001))
                .isInstanceOf(RunException.class)
                .hasMessage("Cannot train on: the log-probability of a token was -1.0 nats when it was drawn and is"
                        + " -1.5 in the update (learner qed, round 3, step 2, sample 17, token 4; at most 0.001 apart,"
                        + " see log-probability-limit): the network computes other numbers when it samples than when"
                        + " it trains");
        assertThatThrownBy(() -> StepLimits.checkGap(3, update(-1, Float.NaN), 0.001))
                .isInstanceOf(RunException.class);
    }

    @Test
    void everyStepHasItsGapAndALimitBelowItStopsTheRun() throws IOException {
        TinyRun.run(folder.resolve("run"), TinyRun.job(""), List.of("rounds=1"), TinyRun.SILENT);
        for (String line : Files.readAllLines(folder.resolve("run/metrics.jsonl"))) {
            JsonObject json = JsonParser.parseString(line).getAsJsonObject();
            if (json.has("learner")) {
                assertThat(json.get("log_probability_gap").getAsDouble()).isBetween(0.0, 1e-4);
            }
        }
        assertThatThrownBy(() -> TinyRun.run(
                        folder.resolve("strict"),
                        TinyRun.job(""),
                        List.of("rounds=1", "log-probability-limit=1e-12"),
                        TinyRun.SILENT))
                .isInstanceOf(RunException.class)
                .hasMessageContaining(" round 1, step 1, sample ");
    }
}
