package io.solera.train;

import com.google.gson.JsonObject;
import io.solera.config.StageSettings;
import io.solera.config.TrainJob;
import io.solera.store.CommittedRound;
import io.solera.train.history.RoundKeys;
import io.solera.train.history.Verdict;
import io.solera.train.rollout.RewardSet;
import java.util.List;
import java.util.Optional;

/** What the next round trains on, told by the last committed round alone. A job without stages is one stage of all its rewards. */
final class Stages {
    static final String INDEX = "index";
    static final String ROUND = "round";
    static final String ENDED = "ended";

    private final List<StageSettings> settings;
    private final boolean told;

    private Stages(List<StageSettings> settings, boolean told) {
        this.settings = settings;
        this.told = told;
    }

    static Stages of(TrainJob job, RewardSet rewards) {
        return job.stages().isEmpty()
                ? new Stages(List.of(new StageSettings(null, rewards.names(), null, job.rounds(), null)), false)
                : new Stages(job.stages(), true);
    }

    /** The stage of the next round; none when the run is done. */
    Optional<Stage> after(CommittedRound last) {
        if (last.metrics().has(Verdict.STOPPED)) {
            return Optional.empty();
        }
        if (last.round() == 0) {
            return at(0, 1);
        }
        if (!told) {
            return last.round() < settings.get(0).maxRounds() ? at(0, last.round() + 1) : Optional.empty();
        }
        JsonObject stage = last.metrics().getAsJsonObject(RoundKeys.STAGE);
        int index = stage.get(INDEX).getAsInt();
        return stage.get(ENDED).getAsBoolean()
                ? at(index + 1, 1)
                : at(index, stage.get(ROUND).getAsInt() + 1);
    }

    /** What the manifest of a round says of its stage; nothing in a job without stages. */
    Optional<JsonObject> json(Stage stage, double score, boolean ended) {
        return told ? Optional.of(stage.json(score, ended)) : Optional.empty();
    }

    private Optional<Stage> at(int index, int round) {
        return index == settings.size()
                ? Optional.empty()
                : Optional.of(new Stage(index, round, index == settings.size() - 1, settings.get(index)));
    }
}
