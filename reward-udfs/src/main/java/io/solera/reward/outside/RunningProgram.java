package io.solera.reward.outside;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A running program that answers one request at a time. It is killed with all its descendants, at the latest when this
 * JVM ends.
 */
final class RunningProgram {
    private static final Set<RunningProgram> ALL = ConcurrentHashMap.newKeySet();
    private static final Duration GRACE = Duration.ofSeconds(2);
    /** Time limit for reading what a process wrote before its end; other processes may keep its pipe open for ever. */
    private static final Duration LAST_WORDS = Duration.ofMillis(500);

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ALL.forEach(RunningProgram::kill), "solera-program-end"));
    }

    private final Program program;
    private final ProcessTree tree;
    private final Process process;
    private final CompletableFuture<Process> end;
    private final LineReader out;
    private final LastLines errors;
    private final ExecutorService worker;
    private long requests;

    private RunningProgram(Program program, ProcessTree tree) {
        this.program = program;
        this.tree = tree;
        process = tree.root();
        end = process.onExit();
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
            running = new RunningProgram(program, ProcessTree.start(program.words()));
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

    /** If this throws, the program cannot be used any more. */
    Answer ask(List<String> texts) throws LostAnswerException, InterruptedException {
        return ask(texts, program.deadline());
    }

    private Answer ask(List<String> texts, Duration time) throws LostAnswerException, InterruptedException {
        Request request = new Request(++requests, texts);
        CompletableFuture<@Nullable String> line = new CompletableFuture<>();
        worker.execute(() -> exchange(request, line));
        try {
            CompletableFuture.anyOf(line, end).get(time.toMillis(), TimeUnit.MILLISECONDS);
            String json = line.isDone() ? line.get() : lastWords(line);
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

    private static @Nullable String lastWords(CompletableFuture<@Nullable String> line)
            throws InterruptedException, ExecutionException {
        try {
            return line.get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return null;
        }
    }

    private void exchange(Request request, CompletableFuture<@Nullable String> line) {
        try {
            OutputStream in = process.getOutputStream();
            if (request.id() == 1 && !program.opening().isEmpty()) {
                in.write((program.opening() + "\n").getBytes(StandardCharsets.US_ASCII));
            }
            in.write((request.json() + "\n").getBytes(StandardCharsets.US_ASCII));
            in.flush();
            line.complete(out.next(Answer.LIMIT));
        } catch (IOException | LostAnswerException | RuntimeException e) {
            line.completeExceptionally(e);
        }
    }

    private String ended() throws InterruptedException {
        boolean dead = process.waitFor(1, TimeUnit.SECONDS);
        String lastErrors = errors.text();
        return "%s %s%s"
                .formatted(
                        program.name(),
                        dead ? "ended with exit code " + process.exitValue() : "closed its standard output",
                        lastErrors.isEmpty() ? "" : " (" + lastErrors + ")");
    }

    /** Signals the end of requests, and kills what is still running. */
    void end() throws InterruptedException {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // Already ended.
        }
        process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        kill(); // its descendants may still be running
    }

    void kill() {
        tree.kill();
        forget();
    }

    private void forget() {
        worker.shutdownNow();
        ALL.remove(this);
    }
}
