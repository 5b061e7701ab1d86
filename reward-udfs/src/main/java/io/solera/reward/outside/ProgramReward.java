package io.solera.reward.outside;

import io.solera.reward.Reward;
import io.solera.reward.Score;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scores computed by the user's own program, in one process per calling thread. It answers lines of JSON, see
 * docs/outside-rewards.md. A missed deadline is {@link io.solera.reward.Status#TIMED_OUT}, a process that dies
 * {@link io.solera.reward.Status#FAILED}, in both cases only for the text that caused it.
 */
public final class ProgramReward implements Reward {
    private final Program program;
    private final int batch;

    /**
     * @param command the program and its arguments, see {@link CommandWords}
     * @param start time limit until a process is ready
     * @param deadline of a batch
     * @param batch maximum texts in a request
     * @param processes maximum concurrent processes in a JVM; 0: as many as it has processors
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
