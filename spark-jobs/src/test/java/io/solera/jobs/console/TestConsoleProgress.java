package io.solera.jobs.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.problem.StopRequest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestConsoleProgress {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ConsoleProgress progress =
            new ConsoleProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), round -> {}, StopRequest.NEVER);

    @Test
    void columnsAreAsWideAsTheirNamesAndARewardThatHasNoValueIsSaidSo() {
        progress.begun("runs/1", 0, 2, List.of("reading_ease", "qed"));
        progress.step(1, "reading_ease", 1, 1, List.of(0.25, 0.5), 0);
        progress.evaluated(1, List.of(Double.NaN, 0.5), Double.NaN, 0.75, Double.NaN, 1);
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "run runs/1",
                        "below: means of the shaped rewards, on [0, 1]; raw values are in metrics.jsonl and"
                                + " in the table at the end",
                        "round   expert       step    reading_ease    qed",
                        "1/2     reading_ease 1/1            0.250  0.500",
                        "1/2     blend                           -  0.500",
                        "                             hypervolume 0.750",
                        "        no sample has a value of reading_ease");
    }

    @Test
    void aCollapseAndAStopAreLinesOfTheirOwn() {
        progress.begun("runs/1", 0, 2, List.of("qed"));
        progress.evaluated(1, List.of(0.5), 0.25, 0.75, 0.009, 1);
        progress.warning(1, "the policy has collapsed: validity fell from 97.0 % to 0.9 %");
        progress.stopped(1, "collapse: validity fell from 97.0 % to 0.9 %");
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines().skip(3))
                .containsExactly(
                        "1/2     blend             0.500",
                        "                          success 25.0 %, hypervolume 0.750, valid 0.9 %",
                        "warning: round 1: the policy has collapsed: validity fell from 97.0 % to 0.9 %",
                        "the run stops after round 1 by stop-when.collapse: validity fell from 97.0 % to 0.9 %");
    }
}
