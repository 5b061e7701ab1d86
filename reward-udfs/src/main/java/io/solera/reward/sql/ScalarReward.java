package io.solera.reward.sql;

import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.Status;
import io.solera.reward.catalogue.RewardCall;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * A reward of one row: a number or NULL, or the status that explains it. It is serialised as its call; the reward is
 * created where it is used.
 */
final class ScalarReward implements Serializable {
    private final RewardCall call;
    private final boolean pairs;
    private final boolean status;
    private final HadoopSettings settings;
    private transient @Nullable Reward reward;

    /** @param pairs whether it compares two texts of the row */
    ScalarReward(RewardCall call, boolean pairs, boolean status, HadoopSettings settings) {
        this.call = call;
        this.pairs = pairs;
        this.status = status;
        this.settings = settings;
    }

    /** Creates the reward, which refuses invalid argument values. */
    Reward reward() {
        Reward made = reward;
        if (made == null) {
            made = LoadedRewards.of(call, settings);
            reward = made;
        }
        return made;
    }

    /** @param other the text to compare with; ignored if nothing is compared */
    @Nullable
    Object of(@Nullable UTF8String text, @Nullable UTF8String other) {
        Score score = score(text, other);
        if (status) {
            return UTF8String.fromString(score.status().text());
        }
        return score.present() ? score.value() : null;
    }

    private Score score(@Nullable UTF8String text, @Nullable UTF8String other) {
        if (text == null || (pairs && other == null)) {
            return Score.missing(Status.INVALID_INPUT);
        }
        List<@Nullable String> texts = Collections.singletonList(text.toString());
        return pairs
                ? reward().score(texts, Collections.singletonList(String.valueOf(other)))
                        .get(0)
                : reward().score(texts).get(0);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ScalarReward that
                && call.equals(that.call)
                && status == that.status
                && settings.equals(that.settings);
    }

    @Override
    public int hashCode() {
        return Objects.hash(call, status);
    }
}
