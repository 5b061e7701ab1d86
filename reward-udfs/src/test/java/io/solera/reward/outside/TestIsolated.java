package io.solera.reward.outside;

import static io.solera.reward.outside.Script.FAILED;
import static io.solera.reward.outside.Script.INVALID;
import static io.solera.reward.outside.Script.TIMED_OUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.OperatingSystemMXBean;
import io.solera.reward.Reward;
import io.solera.reward.Score;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TestIsolated {
    /** A thirteenth of the length of a text, unless the text asks for trouble. */
    static final class Trouble implements Reward {
        @Override
        public List<Score> score(List<@Nullable String> texts) {
            return texts.stream().map(Trouble::one).toList();
        }

        private static Score one(String text) {
            System.out.println("Scoring " + text);
            List<byte[]> memory = new ArrayList<>();
            long turns = 0;
            while (text.equals("spin")) {
                turns++;
            }
            while (text.equals("fill")) {
                memory.add(new byte[1 << 20]);
            }
            if (text.equals("throw")) {
                throw new IllegalStateException("no " + text);
            }
            return Score.of(text.length() / 13.0 + turns);
        }

        @Override
        public Reward domain() {
            return new Trouble();
        }
    }

    private static Isolated isolated(Duration deadline) {
        return new Isolated(new Trouble(), "trouble", deadline, 64, 64, 1);
    }

    private static List<ProcessHandle> children(ProcessHandle of) {
        return of.children().filter(ProcessHandle::isAlive).toList();
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("solera-program"))
                .count();
    }

    @Test
    void theBitsAreTheSame() {
        List<@Nullable String> texts = Arrays.asList("a", null, "bb", "ccc\u00e9", "");
        Isolated isolated = isolated(Duration.ofSeconds(20));
        assertThat(isolated.score(texts))
                .containsExactly(Score.of(1 / 13.0), INVALID, Score.of(2 / 13.0), Score.of(4 / 13.0), Score.of(0));
        assertThat(isolated.domain())
                .isNotNull()
                .extracting(domain -> domain.score(List.of("a")))
                .isEqualTo(List.of(Score.of(1 / 13.0)));
    }

    @Test
    void whatThrowsOrTakesAllMemoryCostsItselfAlone() {
        Isolated isolated = isolated(Duration.ofSeconds(20));
        assertThat(isolated.score(List.of("a", "throw", "fill", "bb")))
                .containsExactly(Score.of(1 / 13.0), FAILED, FAILED, Score.of(2 / 13.0));
        assertThat(isolated.problems())
                .satisfiesExactly(
                        problem -> assertThat(problem).isEqualTo("throw: java.lang.IllegalStateException: no throw"),
                        problem -> assertThat(problem)
                                .startsWith("fill: trouble ended with exit code 3")
                                .contains("OutOfMemoryError"));
    }

    @Test
    void whatSpinsIsKilledAndLeavesNoThread() throws InterruptedException {
        List<ProcessHandle> others = children(ProcessHandle.current());
        Isolated isolated = isolated(Duration.ofSeconds(5));
        isolated.score(List.of("start"));
        long before = threads();
        for (int round = 1; round <= 2; round++) {
            List<ProcessHandle> helpers = new ArrayList<>(children(ProcessHandle.current()));
            helpers.removeAll(others);
            assertThat(helpers).hasSize(1);
            assertThat(isolated.score(List.of("spin", "a".repeat(round))))
                    .containsExactly(TIMED_OUT, Score.of(round / 13.0));
            assertThat(Script.end(helpers)).isTrue();
        }
        for (int tried = 0; tried < 200 && threads() > before; tried++) {
            Thread.sleep(50);
        }
        assertThat(threads()).isLessThanOrEqualTo(before);
        List<ProcessHandle> left = new ArrayList<>(children(ProcessHandle.current()));
        left.removeAll(others);
        assertThat(left).as("the one that is idle").hasSize(1);
    }

    /** Scores in a JVM of its own. */
    static final class Scoring {
        public static void main(String[] texts) {
            System.out.println(isolated(Duration.ofMinutes(10)).score(List.of(texts)));
        }
    }

    private static Process scoring(String text) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Scoring.class.getName(),
                        text)
                .redirectErrorStream(true)
                .start();
    }

    private static List<ProcessHandle> awaitHelper(Process scoring) throws InterruptedException {
        List<ProcessHandle> helpers = List.of();
        for (int tried = 0; tried < 1200 && helpers.isEmpty(); tried++) {
            Thread.sleep(50);
            helpers = children(scoring.toHandle());
        }
        return helpers;
    }

    @Test
    void endOfTheJvmEndsTheHelpers() throws Exception {
        Process scoring = scoring("aaa");
        List<ProcessHandle> helpers = awaitHelper(scoring);
        assertThat(helpers).hasSize(1);
        assertThat(new String(scoring.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("Score[value=0.23076923076923078, status=OK]");
        assertThat(scoring.waitFor()).isZero();
        assertThat(Script.end(helpers)).isTrue();
    }

    @Test
    void helperThatSpinsEndsWithAJvmThatIsKilled() throws Exception {
        Process scoring = scoring("spin");
        List<ProcessHandle> helpers;
        try {
            helpers = awaitHelper(scoring);
            assertThat(helpers).hasSize(1);
            Thread.sleep(2000);
            assertThat(helpers.get(0).isAlive()).isTrue();
        } finally {
            scoring.destroyForcibly();
        }
        assertThat(Script.end(helpers)).isTrue();
    }

    @Test
    void refusesWhatNoMachineHas() {
        assertThatThrownBy(() -> new Isolated(new Trouble(), "trouble", Duration.ofSeconds(1), 64, 8, 1))
                .hasMessage("Invalid memory: 8 (must be 16 to 65536 MiB)");
        assertThatThrownBy(() -> new Isolated(new Trouble(), "trouble", Duration.ofSeconds(1), 64, 65_537, 1))
                .hasMessage("Invalid memory: 65537 (must be 16 to 65536 MiB)");
        assertThatThrownBy(() -> new Isolated(new Trouble(), "trouble", Duration.ofSeconds(1), 64, 64, 1025))
                .hasMessage("Invalid processes: 1025 (must be 1 to 1024)");
    }

    @Test
    void neverMoreHelpersThanTheMachineHoldsInMemory() {
        long machine =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize() >> 20;
        assertThat(Isolated.slots(1024, 65_536)).isEqualTo((int) Math.max(1, machine / 65_536));
        assertThat(Isolated.slots(3, 16)).isEqualTo(3);
        assertThat(Isolated.slots(0, 16))
                .isLessThanOrEqualTo(Runtime.getRuntime().availableProcessors())
                .isPositive();
    }
}
