package io.solera.reward.catalogue;

import io.solera.reward.Reward;
import io.solera.reward.Shaping;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the catalogue: what a reward measures, its definition, its deviation from the reference implementation,
 * and how it is created.
 *
 * @param version incremented when the values of the same call change, so that stored values are not reused
 * @param range the possible values, in its unit
 * @param pairs whether it can compare a text with another of its row, see {@link Reward#score(List, List)}
 * @param citation the paper that defines it
 * @param reference the implementation it was compared with
 * @param deviation the difference between the two, and on which data
 * @param example a call as written in a job
 */
public record RewardEntry(
        String name,
        int version,
        Input input,
        String summary,
        String unit,
        String range,
        Direction direction,
        Shaping shaping,
        List<Argument> arguments,
        boolean pairs,
        String citation,
        String reference,
        String deviation,
        String example,
        Maker maker) {
    /** The argument of a comparing reward with the text to compare with, for all rows. */
    public static final String REFERENCE = "reference";
    /** The argument that names the column with that text for each row. */
    public static final String REFERENCE_COLUMN = "reference-column";

    /** The raw values that the default shaping prefers. */
    public enum Direction {
        HIGHER,
        LOWER,
        WINDOW
    }

    /** Creates the reward from its arguments, with defaults filled in. */
    public interface Maker {
        Reward make(Map<String, String> arguments, Resources resources) throws IOException;
    }

    public RewardEntry {
        arguments = List.copyOf(arguments);
    }

    static Draft of(String name, Input input, String summary) {
        return new Draft(name, input, summary);
    }

    /** A builder of entries, one fact per line. */
    static final class Draft {
        private final String name;
        private final Input input;
        private final String summary;
        private final List<Argument> arguments = new ArrayList<>();
        private int version = 1;
        private String unit = "";
        private String range = "";
        private Direction direction = Direction.HIGHER;
        private Shaping shaping = Shaping.IDENTITY;
        private boolean pairs;
        private String citation = "";
        private String reference = "";
        private String deviation = "";
        private @Nullable String example;

        private Draft(String name, Input input, String summary) {
            this.name = name;
            this.input = input;
            this.summary = summary;
        }

        Draft version(int number) {
            version = number;
            return this;
        }

        Draft unit(String text) {
            unit = text;
            return this;
        }

        Draft range(String text) {
            range = text;
            return this;
        }

        Draft higher(Shaping byDefault) {
            return better(Direction.HIGHER, byDefault);
        }

        Draft lower(Shaping byDefault) {
            return better(Direction.LOWER, byDefault);
        }

        Draft window(Shaping byDefault) {
            return better(Direction.WINDOW, byDefault);
        }

        private Draft better(Direction values, Shaping byDefault) {
            direction = values;
            shaping = byDefault;
            return this;
        }

        /** A required argument. */
        Draft needs(String argument, String what) {
            return argument(new Argument(argument, null, what));
        }

        /** An optional argument. */
        Draft takes(String argument, String otherwise, String what) {
            return argument(new Argument(argument, otherwise, what));
        }

        Draft argument(Argument argument) {
            arguments.add(argument);
            return this;
        }

        /** It compares with the argument {@code reference}, or with the column that {@code reference-column} names. */
        Draft compares(String what) {
            pairs = true;
            takes(REFERENCE, "", what);
            return takes(REFERENCE_COLUMN, "", "the column with one for each row, instead of one for all");
        }

        Draft definedBy(String paper) {
            citation = paper;
            return this;
        }

        Draft comparedTo(String implementation, String howFarApart) {
            reference = implementation;
            deviation = howFarApart;
            return this;
        }

        Draft example(String call) {
            example = call;
            return this;
        }

        RewardEntry made(Maker maker) {
            return new RewardEntry(
                    name,
                    version,
                    input,
                    summary,
                    unit,
                    range,
                    direction,
                    shaping,
                    arguments,
                    pairs,
                    citation,
                    reference,
                    deviation,
                    example == null ? name : example,
                    maker);
        }
    }
}
