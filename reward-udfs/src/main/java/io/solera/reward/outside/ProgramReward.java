package io.solera.reward.outside;

import io.solera.reward.Reward;
import io.solera.reward.Score;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scores that a program of the user's own computes, in a process per thread that asks. It answers lines of JSON, see
 * docs/outside-rewards.md. A deadline that passes is {@link io.solera.reward.Status#TIMED_OUT}, a process that dies
 * {@link io.solera.reward.Status#FAILED}, each for the text that did it alone.
 */
public final class ProgramReward implements Reward {
    private final Program program;
    private final int batch;

    /**
     * @param command the program and its arguments, see {@link CommandWords}
     * @param start how long a process may take until it is ready
     * @param deadline of a batch
     * @param batch texts in a request, at most
     * @param processes at once in a JVM, at most; 0: as many as it has processors
     */
    public ProgramReward(String command, Duration start, Duration deadline, int batch, int processes) {
        this(new Program(command, CommandWords.of(command), "", start, deadline, processes), batch);
    }

    ProgramReward(Program program, int batch) {
        this.program = program;
        this.batch = Batches.checked(batch);
    }

    @Override
    public List<Score> score(List<@Nullable String> texts) {
        return Batches.score(texts, batch, ProgramPool.of(program)::score);
    }

    @Override
    public boolean guardsItself() {
        return true;
    }

    @Override
    public List<String> problems() {
        return ProgramPool.of(program).problems();
    }
}
