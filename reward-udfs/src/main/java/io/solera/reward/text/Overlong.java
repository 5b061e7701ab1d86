package io.solera.reward.text;

import io.solera.problem.RequestException;
import io.solera.reward.Reward;
import io.solera.reward.Score;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The soft overlong punishment of DAPO for a text of length l: 0 up to max - cache, (max - cache - l) / cache up to
 * max, -1 beyond.
 *
 * <p>Yu et al., DAPO: An Open-Source LLM Reinforcement Learning System at Scale, arXiv 2503.14476 (2025), equation 13.
 */
final class Overlong implements Reward {
    private final Reward length;
    private final double max;
    private final double cache;

    Overlong(Reward length, double max, double cache) {
        if (!(cache > 0 && cache <= max)) {
            throw new RequestException("Invalid cache: %s (must be above 0 and at most max, %s)".formatted(cache, max));
        }
        this.length = length;
        this.max = max;
        this.cache = cache;
    }

    @Override
    public List<Score> score(List<@Nullable String> texts) {
        return length.score(texts).stream()
                .map(score -> score.present() ? Score.of(punishment(score.value())) : score)
                .toList();
    }

    private double punishment(double l) {
        double free = max - cache;
        return l <= free ? 0 : l > max ? -1 : (free - l) / cache;
    }
}
