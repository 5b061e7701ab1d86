package io.solera.reward.outside;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A program that runs, and answers one request at a time. It is killed with its children, at the latest when this JVM ends. */
final class RunningProgram {
    private static final Set<RunningProgram> ALL = ConcurrentHashMap.newKeySet();
    private static final Duration GRACE = Duration.ofSeconds(2);

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ALL.forEach(RunningProgram::kill), "solera-program-end"));
    }

    private final Program program;
    private final Process process;
    private final LineReader out;
    private final LastLines errors;
    private final ExecutorService worker;
    private long requests;

    private RunningProgram(Program program, Process process) {
        this.program = program;
        this.process = process;
        out = new LineReader(process.getInputStream());
        errors = new LastLines(process.getErrorStream());
        worker = Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "solera-program");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts it and waits until it has answered a request without texts. */
    static RunningProgram start(Program program) throws LostAnswerException, InterruptedException {
        RunningProgram running;
        try {
            running = new RunningProgram(program, new ProcessBuilder(program.words()).start());
        } catch (IOException e) {
            throw LostAnswerException.failed("Cannot start %s: %s".formatted(program.name(), e.getMessage()));
        }
        ALL.add(running);
        boolean ready = false;
        try {
            running.ask(List.of(), program.start());
            ready = true;
            return running;
        } finally {
            if (!ready) {
                running.kill();
            }
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** After anything but an answer it is of no more use. */
    Answer ask(List<String> texts) throws LostAnswerException, InterruptedException {
        return ask(texts, program.deadline());
    }

    private Answer ask(List<String> texts, Duration time) throws LostAnswerException, InterruptedException {
        Request request = new Request(++requests, texts);
        Future<@Nullable String> line = worker.submit(() -> exchange(request));
        try {
            String json = line.get(time.toMillis(), TimeUnit.MILLISECONDS);
            if (json == null) {
                throw LostAnswerException.failed(ended());
            }
            Answer answer = Answer.read(json, texts.size());
            if (answer.id() == null || answer.id() != request.id()) {
                throw LostAnswerException.failed(
                        "Cannot use an answer of %s: its id is %s (must be that of the request, %d)"
                                .formatted(program.name(), answer.id(), request.id()));
            }
            return answer;
        } catch (TimeoutException e) {
            throw LostAnswerException.late("no answer of %s within %d ms".formatted(program.name(), time.toMillis()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LostAnswerException lost) {
                throw lost;
            }
            throw LostAnswerException.failed(ended());
        }
    }

    private @Nullable String exchange(Request request) throws IOException, LostAnswerException {
        OutputStream in = process.getOutputStream();
        if (request.id() == 1 && !program.opening().isEmpty()) {
            in.write((program.opening() + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        in.write((request.json() + "\n").getBytes(StandardCharsets.US_ASCII));
        in.flush();
        return out.next(Answer.LIMIT);
    }

    private String ended() throws InterruptedException {
        boolean dead = process.waitFor(1, TimeUnit.SECONDS);
        String said = errors.text();
        return "%s %s%s"
                .formatted(
                        program.name(),
                        dead ? "ended with exit code " + process.exitValue() : "closed its standard output",
                        said.isEmpty() ? "" : " (" + said + ")");
    }

    /** Tells it that no more requests come, and kills it when it stays. */
    void end() throws InterruptedException {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended already.
        }
        if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
            kill();
        }
        forget();
    }

    void kill() {
        Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList()
                .forEach(ProcessHandle::destroyForcibly);
        forget();
    }

    private void forget() {
        worker.shutdownNow();
        ALL.remove(this);
    }
}
