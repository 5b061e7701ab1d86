package io.solera.reward.catalogue;

import io.solera.reward.Reward;
import io.solera.reward.Shaping;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A line of the catalogue: what a reward measures, by whose definition, how far ours is from the reference implementation, and how
 * it is made.
 *
 * @param range the values it can take, in its unit
 * @param citation the paper that defines it
 * @param reference the implementation it was compared with
 * @param deviation how far apart the two were, on which data
 * @param example a call as written in a job
 */
public record RewardEntry(
        String name,
        String summary,
        String unit,
        String range,
        Direction direction,
        Shaping shaping,
        List<Argument> arguments,
        String citation,
        String reference,
        String deviation,
        String example,
        Maker maker) {
    /** Which raw values the default shaping prefers. */
    public enum Direction {
        HIGHER,
        LOWER,
        WINDOW
    }

    /** Makes the reward from its arguments, defaults filled in. */
    public interface Maker {
        Reward make(Map<String, String> arguments, Resources resources) throws IOException;
    }

    public RewardEntry {
        arguments = List.copyOf(arguments);
    }
}
