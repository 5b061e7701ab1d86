package io.solera.reward.outside;

import io.solera.reward.Problems;
import io.solera.reward.Score;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The processes of one program in this JVM: started on demand, each leased by one thread at a time, ended after a
 * minute without work. After a request without a usable answer the process is killed and the request is repeated text
 * by text, so that only the text that caused it fails.
 */
final class ProgramPool {
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Map<Program, ProgramPool> POOLS = new ConcurrentHashMap<>();

    static {
        Thread thread = new Thread(ProgramPool::endAllIdle, "solera-programs");
        thread.setDaemon(true);
        thread.start();
    }

    private final Program program;
    private final Semaphore slots;
    private final Problems problems = new Problems();
    private final Restarts restarts = new Restarts();
    private final Deque<Idle> idle = new ArrayDeque<>();

    private record Idle(RunningProgram running, long since) {}

    private ProgramPool(Program program) {
        this.program = program;
        slots = new Semaphore(program.slots());
    }

    static ProgramPool of(Program program) {
        return POOLS.computeIfAbsent(program, ProgramPool::new);
    }

    List<String> problems() {
        return problems.examples();
    }

    List<Score> score(List<String> texts) {
        try {
            Answer answer = leased(texts);
            answer.note(texts, problems);
            return answer.scores();
        } catch (LostAnswerException e) {
            if (texts.size() == 1) {
                problems.note(texts.get(0), e.reason());
                return List.of(Score.missing(e.status()));
            }
            List<Score> scores = new ArrayList<>(texts.size());
            texts.forEach(text -> scores.addAll(score(List.of(text))));
            return scores;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot score: interrupted", e);
        }
    }

    private Answer leased(List<String> texts) throws LostAnswerException, InterruptedException {
        slots.acquire();
        try {
            RunningProgram running = take();
            return running == null ? started(texts) : answer(running, texts);
        } finally {
            slots.release();
        }
    }

    private Answer started(List<String> texts) throws LostAnswerException, InterruptedException {
        restarts.await();
        RunningProgram running;
        try {
            running = RunningProgram.start(program);
        } catch (LostAnswerException e) {
            restarts.failed(e.reason());
            throw e;
        }
        return answer(running, texts);
    }

    private Answer answer(RunningProgram running, List<String> texts) throws LostAnswerException, InterruptedException {
        boolean answered = false;
        try {
            Answer answer = running.ask(texts);
            answered = true;
            restarts.worked();
            give(running);
            return answer;
        } catch (LostAnswerException e) {
            restarts.failed(e.reason());
            throw e;
        } finally {
            if (!answered) {
                running.kill();
            }
        }
    }

    private synchronized @Nullable RunningProgram take() {
        for (Idle next = idle.pollLast(); next != null; next = idle.pollLast()) {
            if (next.running().isAlive()) {
                return next.running();
            }
            next.running().kill();
        }
        return null;
    }

    private synchronized void give(RunningProgram running) {
        idle.addLast(new Idle(running, System.nanoTime()));
    }

    private static void endAllIdle() {
        try {
            while (true) {
                TimeUnit.SECONDS.sleep(10);
                for (ProgramPool pool : POOLS.values()) {
                    for (RunningProgram running : pool.takeIdle()) {
                        running.end();
                    }
                }
            }
        } catch (InterruptedException e) {
            // Never interrupted.
        }
    }

    private synchronized List<RunningProgram> takeIdle() {
        List<RunningProgram> taken = new ArrayList<>();
        while (!idle.isEmpty() && System.nanoTime() - idle.getFirst().since() > IDLE.toNanos()) {
            taken.add(idle.removeFirst().running());
        }
        return taken;
    }
}
