package io.solera.reward.outside;

import io.solera.reward.Score;
import io.solera.reward.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Programs in Python that answer requests, each in its own way. */
final class Script {
    static final Score INVALID = Score.missing(Status.INVALID_INPUT);
    static final Score FAILED = Score.missing(Status.FAILED);
    static final Score TIMED_OUT = Score.missing(Status.TIMED_OUT);

    private static final String BEGIN = """
            import json, os, subprocess, sys, time
            def answer(scores, **more):
                print(json.dumps({"id": request["id"], "scores": scores, **more}), flush=True)
            def note(path, what):
                with open(path, "a") as file:
                    file.write(f"{what}\\n")
            """;
    private static final String LOOP = """
            for line in sys.stdin:
                request = json.loads(line)
                texts = request["texts"]
                if not texts:
                    answer([])
                    continue
            """;

    private final Path folder;

    Script(Path folder) {
        this.folder = folder;
    }

    /** The command of a program that does something for each request. */
    String each(String body) throws IOException {
        return program(LOOP + body.indent(4));
    }

    String program(String body) throws IOException {
        Path file = Files.createTempFile(folder, "reward ", ".py");
        Files.writeString(file, BEGIN + body);
        return "python3 '" + file + "'";
    }

    static ProgramReward reward(String command) {
        return reward(command, Duration.ofSeconds(20));
    }

    static ProgramReward reward(String command, Duration deadline) {
        return new ProgramReward(command, Duration.ofMinutes(1), deadline, 64, 1);
    }

    static List<ProcessHandle> processes(Path pids) throws IOException {
        return Files.readAllLines(pids).stream()
                .map(Long::parseLong)
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .filter(ProcessHandle::isAlive)
                .toList();
    }

    /** Waits until none of the processes lives. */
    static boolean end(List<ProcessHandle> processes) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (processes.stream().anyMatch(ProcessHandle::isAlive)) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(20);
        }
        return true;
    }
}
