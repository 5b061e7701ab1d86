package io.solera.train;

import io.solera.config.StageSettings;
import io.solera.config.TrainJob;
import io.solera.store.CommittedRound;
import io.solera.store.DamagedRunException;
import io.solera.train.history.RoundRecord;
import io.solera.train.history.RoundStage;
import io.solera.train.rollout.RewardSet;
import java.util.List;
import java.util.Optional;

/**
 * What the next round trains on, read from the last committed round alone. A job without stages is one stage of all
 * rewards that it trains on.
 */
final class Stages {
    private final List<StageSettings> settings;
    private final boolean staged;

    private Stages(List<StageSettings> settings, boolean staged) {
        this.settings = settings;
        this.staged = staged;
    }

    static Stages of(TrainJob job, RewardSet rewards) {
        return new Stages(job.trainedStages(rewards.names()), !job.stages().isEmpty());
    }

    /** The stage of the next round; none when the run is done. */
    Optional<Stage> after(CommittedRound last) throws DamagedRunException {
        RoundRecord record = RoundRecord.of(last);
        if (record.stopped() != null) {
            return Optional.empty();
        }
        if (last.round() == 0) {
            return at(0, 1);
        }
        if (!staged) {
            return last.round() < settings.get(0).maxRounds() ? at(0, last.round() + 1) : Optional.empty();
        }
        RoundStage stage = record.stage();
        if (stage == null || stage.index() < 0 || stage.index() >= settings.size()) {
            throw DamagedRunException.of(
                    last.location(),
                    "stage is %s (must be one of the job's %d)"
                            .formatted(stage == null ? "missing" : "number " + stage.index(), settings.size()));
        }
        return stage.ended() ? at(stage.index() + 1, 1) : at(stage.index(), stage.round() + 1);
    }

    /** What the manifest of a round says of its stage; nothing in a job without stages. */
    Optional<RoundStage> record(Stage stage, double score, boolean ended) {
        return staged ? Optional.of(stage.record(score, ended)) : Optional.empty();
    }

    private Optional<Stage> at(int index, int round) {
        return index == settings.size()
                ? Optional.empty()
                : Optional.of(new Stage(index, round, index == settings.size() - 1, settings.get(index)));
    }
}
