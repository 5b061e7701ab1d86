package io.solera.reward.outside;

import static io.solera.reward.outside.Script.FAILED;
import static io.solera.reward.outside.Script.INVALID;
import static io.solera.reward.outside.Script.TIMED_OUT;
import static io.solera.reward.outside.Script.reward;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.reward.Guarded;
import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestProgramReward {
    @TempDir
    private Path folder;

    private String each(String body) throws IOException {
        return new Script(folder).each(body);
    }

    @Test
    void everyTextGetsItsScoreAndIsAskedOnce() throws IOException {
        Path asked = folder.resolve("asked");
        Reward reward = new ProgramReward(
                each("note(%s, len(texts))\nanswer([len(t) / 4 for t in texts])".formatted(quoted(asked))),
                Duration.ofMinutes(1),
                Duration.ofSeconds(20),
                3,
                1);
        assertThat(reward.score(Arrays.asList("a", null, "bb", "a", "\"\\\n\u00e9\ud83d\ude00\ud800", "", "dddd")))
                .containsExactly(
                        Score.of(0.25),
                        INVALID,
                        Score.of(0.5),
                        Score.of(0.25),
                        Score.of(1.5),
                        Score.of(0),
                        Score.of(1));
        assertThat(Files.readAllLines(asked)).containsExactly("3", "2");
        assertThat(reward.score(List.of("x".repeat(100_001)))).containsExactly(Score.missing(Status.NOT_APPLICABLE));
        assertThat(reward.score(List.of())).isEmpty();
    }

    @Test
    void missingIsWhatTheProgramSaysItIs() throws IOException {
        Reward reward = reward(each("answer([None, None, 1, None, 2],"
                + " statuses=[None, 'not-applicable', 'ok', 'failed', 'timed-out'],"
                + " reasons=[None, None, None, 'no conformer', None])"));
        assertThat(reward.score(List.of("a", "b", "c", "d", "e")))
                .containsExactly(INVALID, Score.missing(Status.NOT_APPLICABLE), Score.of(1), FAILED, TIMED_OUT);
        assertThat(reward.problems()).containsExactly("d: no conformer", "e: timed-out");
    }

    @Test
    void whatIsNoNumberHasFailed() throws IOException {
        Reward reward = reward(each("answer([float('nan'), float('inf'), '0.5', True, 0.5])"));
        assertThat(reward.score(List.of("a", "b", "c", "d", "e")))
                .containsExactly(FAILED, FAILED, FAILED, FAILED, Score.of(0.5));
        assertThat(reward.problems())
                .containsExactly("a: the score is \"NaN\"", "b: the score is \"Infinity\"", "c: the score is \"0.5\"");
    }

    @Test
    void deathCostsTheTextThatCausedItAlone() throws IOException {
        Reward reward = reward(each("""
                if "poison" in texts:
                    print("no cure", file=sys.stderr)
                    os._exit(3)
                answer([len(t) for t in texts])
                """));
        assertThat(reward.score(List.of("a", "poison", "ccc"))).containsExactly(Score.of(1), FAILED, Score.of(3));
        assertThat(reward.problems())
                .singleElement()
                .asString()
                .matches("poison: python3 .* ended with exit code 3 \\(no cure\\)");
    }

    @Test
    void hangTimesOutAndIsKilledWithItsChildren() throws IOException, InterruptedException {
        Path pids = folder.resolve("pids");
        Reward reward = reward(each("""
                        if "hang" in texts:
                            child = subprocess.Popen(["sleep", "1000"])
                            note(%s, os.getpid())
                            note(%s, child.pid)
                            while True: pass
                        answer([len(t) for t in texts])
                        """.formatted(quoted(pids), quoted(pids))), Duration.ofSeconds(3));
        reward.score(List.of("start"));
        assertThat(new Guarded(reward, Duration.ofMillis(1)).score(List.of("a", "hang", "ccc")))
                .containsExactly(Score.of(1), TIMED_OUT, Score.of(3));
        assertThat(Files.readAllLines(pids))
                .as("two processes, each with a child")
                .hasSizeGreaterThanOrEqualTo(2);
        assertThat(Script.end(Script.processes(pids))).isTrue();
    }

    /** Each begins a child that holds the program's pipes, in a way of its own, and does not end by itself. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "subprocess.Popen(['sleep', '1000'])",
                "subprocess.Popen(['sleep', '1000'], start_new_session=True)",
                "subprocess.Popen(['sh', '-c', 'sleep 1000 & sleep 1000 & wait'], start_new_session=True)",
                "os.fork() or os.setsid() or os.fork() or os.execvp('sleep', ['sleep', '1000'])"
            })
    void deathIsSeenAtOnceAndEndsWhatItBegan(String begin) throws IOException, InterruptedException {
        String mark = "SOLERA_TEST_" + folder.getFileName().toString().replaceAll("\\W", "");
        Reward reward = reward(each("""
                os.environ["%s"] = "1"
                if "die" in texts:
                    me = os.getpid()
                    %s
                    if os.getpid() == me: os._exit(3)
                    os._exit(0)
                answer([len(t) for t in texts])
                """.formatted(mark, begin)), Duration.ofMinutes(5));
        reward.score(List.of("start"));
        long begun = System.nanoTime();
        assertThat(reward.score(List.of("die"))).containsExactly(FAILED);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMinutes(2));
        assertThat(reward.problems()).singleElement().asString().contains("ended with exit code 3");
        assertThat(Script.end(marked(mark))).isTrue();
    }

    @Test
    void endOfInputEndsWhatItBegan() throws Exception {
        Path pids = folder.resolve("pids");
        String command = each("""
                child = subprocess.Popen(["sleep", "1000"], start_new_session=True)
                note(%s, child.pid)
                answer([1])
                """.formatted(quoted(pids)));
        RunningProgram running = RunningProgram.start(
                new Program(command, CommandWords.of(command), "", Duration.ofMinutes(1), Duration.ofMinutes(1), 1));
        running.ask(List.of("a"));
        List<ProcessHandle> processes = Script.processes(pids);
        assertThat(processes).hasSize(1);
        running.end();
        assertThat(Script.end(processes)).isTrue();
    }

    @Test
    void anAnswerBeforeTheEndCounts() throws IOException {
        Reward reward = reward(each("answer([7])\nos._exit(3)"));
        assertThat(reward.score(List.of("a"))).containsExactly(Score.of(7));
    }

    /** Processes of this machine that have a variable in their environment. */
    private static List<ProcessHandle> marked(String name) throws IOException {
        List<ProcessHandle> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                try {
                    if (Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1)
                            .contains(name)) {
                        ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                                .ifPresent(found::add);
                    }
                } catch (IOException e) {
                    // it has ended
                }
            }
        }
        return found;
    }

    @Test
    void whatIsNoAnswerFails() throws IOException {
        assertFailed(each("print('Loading the model', flush=True)\nanswer([1])"), "must be one JSON object per line");
        assertFailed(each("print(request['id'], flush=True)"), "must be one JSON object per line");
        assertFailed(each("print('{}', flush=True)"), "Cannot read an answer: scores is missing ({})");
        assertFailed(each("answer([1, 2])"), "Cannot use an answer: 2 scores for 1 texts");
        assertFailed(each("answer([1], reasons=[])"), "Cannot use an answer: 0 reasons for 1 texts");
        assertFailed(each("answer([1], statuses=['fine'])"), "must be one JSON object per line");
        assertFailed(each("request['id'] = 7\nanswer([1])"), "its id is 7 (must be that of the request, 2)");
        assertFailed(each("print('[' * 1000000, flush=True)"), "must be one JSON object per line");
        assertFailed(each("sys.stdout.write('x' * 50000000)"), "it is longer than 1048576 bytes");
        assertFailed(each("os.close(1)\ntime.sleep(1000)"), "closed its standard output");
    }

    private static void assertFailed(String command, String message) {
        Reward reward = reward(command);
        assertThat(reward.score(List.of("a"))).containsExactly(FAILED);
        assertThat(reward.problems()).singleElement().asString().contains(message);
    }

    @Test
    void standardErrorIsNeverInTheWay() throws IOException {
        Reward reward = reward(each("sys.stderr.write('log ' * 1000000)\nanswer([1])"));
        assertThat(reward.score(List.of("a"))).containsExactly(Score.of(1));
    }

    @Test
    void startTakesItsOwnTime() throws IOException {
        String late = new Script(folder).program("""
                        time.sleep(3)
                        for line in sys.stdin:
                            request = json.loads(line)
                            answer([1 for text in request["texts"]])
                        """);
        assertThat(reward(late, Duration.ofSeconds(1)).score(List.of("a"))).containsExactly(Score.of(1));
        Reward hasty = new ProgramReward(late, Duration.ofMillis(500), Duration.ofSeconds(20), 64, 1);
        assertThat(hasty.score(List.of("a"))).containsExactly(TIMED_OUT);
        assertThat(hasty.problems()).singleElement().asString().endsWith(" within 500 ms");
    }

    @Test
    void brokenProgramIsNotStartedForEver() throws IOException {
        Path starts = folder.resolve("starts");
        String command =
                new Script(folder).program("note(%s, 'start')\nimport no_such_module\n".formatted(quoted(starts)));
        Reward reward = reward(command);
        List<String> texts = IntStream.range(0, 500).mapToObj(i -> "text " + i).toList();
        assertThat(reward.score(texts)).hasSize(500).containsOnly(FAILED);
        assertThat(Files.readAllLines(starts)).hasSizeBetween(5, 7);
        assertThat(reward.problems())
                .hasSize(3)
                .allSatisfy(problem ->
                        assertThat(problem).contains("exit code 1").contains("No module named 'no_such_module'"));
    }

    @Test
    void programThatIsNotThereIsNamed() {
        Reward reward = reward("no-such-program --fast");
        assertThat(reward.score(List.of("a"))).containsExactly(FAILED);
        assertThat(reward.problems()).singleElement().asString().startsWith("a: Cannot start no-such-program --fast: ");
    }

    @Test
    void threadsShareTheProcessesOfTheJvm() throws IOException {
        Path pids = folder.resolve("pids");
        String command = each("note(%s, os.getpid())\ntime.sleep(0.1)\nanswer([os.getpid()])".formatted(quoted(pids)));
        Reward reward = new ProgramReward(command, Duration.ofMinutes(1), Duration.ofSeconds(20), 64, 2);
        Thread[] threads = new Thread[6];
        for (int t = 0; t < threads.length; t++) {
            String text = "text " + t;
            threads[t] = new Thread(() -> copy(reward).score(List.of(text)));
            threads[t].start();
        }
        for (Thread thread : threads) {
            join(thread);
        }
        assertThat(Files.readAllLines(pids)).hasSize(6);
        assertThat(Files.readAllLines(pids).stream().distinct()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void endOfInputEndsIt() throws Exception {
        Path pids = folder.resolve("pids");
        String command = each("note(%s, os.getpid())\nanswer([1])".formatted(quoted(pids)));
        RunningProgram running = RunningProgram.start(
                new Program(command, CommandWords.of(command), "", Duration.ofMinutes(1), Duration.ofSeconds(20), 1));
        assertThat(running.ask(List.of("a")).scores()).containsExactly(Score.of(1));
        List<ProcessHandle> processes = Script.processes(pids);
        assertThat(processes).hasSize(1);
        running.end();
        assertThat(Script.end(processes)).isTrue();
    }

    @Test
    void refusesWrongSettings() {
        assertThatThrownBy(() -> reward("python3", Duration.ZERO))
                .hasMessage("Invalid deadline: PT0S (must be above 0)");
        assertThatThrownBy(() -> new ProgramReward("python3", Duration.ZERO, Duration.ofSeconds(1), 5000, 1))
                .hasMessage("Invalid batch: 5000 (must be 1 to 4096)");
        assertThatThrownBy(() -> new ProgramReward("python3", Duration.ZERO, Duration.ofSeconds(1), 64, -1))
                .hasMessage("Invalid processes: -1 (must be 1 to 1024)");
    }

    private static String quoted(Path path) {
        return "'" + path + "'";
    }

    private static Reward copy(Reward reward) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(reward);
            }
            return (Reward) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
