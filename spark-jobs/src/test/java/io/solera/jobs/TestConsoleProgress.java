package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestConsoleProgress {
    @Test
    void columnsAreAsWideAsTheirNamesAndARewardThatHasNoValueIsSaidSo() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ConsoleProgress progress = new ConsoleProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), () -> {});
        progress.begun("runs/1", 0, 2, List.of("reading_ease", "qed"));
        progress.step(1, "qed", 1, 1, List.of(0.25, 0.5), 0);
        progress.evaluated(1, List.of(Double.NaN, 0.5), 1, Double.NaN, Double.NaN, 1);
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "run runs/1",
                        "round      expert       step    reading_ease       qed",
                        "1/2        qed          1/1            0.250     0.500",
                        "1/2        blend                         NaN     0.500   success 100.0 %  hypervolume NaN",
                        "           no sample has a value of reading_ease");
    }
}
