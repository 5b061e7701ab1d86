package io.solera.reward;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reward that reads a text as a sequence of type S, such as a strand of DNA, and gives a number that the sequence
 * has.
 */
public final class SequenceReward<S> implements Reward {
    /** Whether a text is such a sequence. */
    @FunctionalInterface
    public interface Check extends Serializable {
        Status status(@Nullable String text);
    }

    /** Reads a text that is one. */
    @FunctionalInterface
    public interface Reader<S> extends Serializable {
        S of(String text);
    }

    /** A number that a sequence has. */
    @FunctionalInterface
    public interface Property<S> extends Serializable {
        /** The value; NaN where the definition does not reach, as for a sequence shorter than a motif. */
        double of(S sequence);

        /** Whether it is defined for this sequence. */
        default Status status(S sequence) {
            return Status.OK;
        }
    }

    private final Check check;
    private final Reader<S> reader;
    private final Property<S> property;

    public SequenceReward(Check check, Reader<S> reader, Property<S> property) {
        this.check = check;
        this.reader = reader;
        this.property = property;
    }

    @Override
    public List<Score> score(List<@Nullable String> texts) {
        List<Score> scores = new ArrayList<>(texts.size());
        for (String text : texts) {
            Status status = check.status(text);
            scores.add(text == null || status != Status.OK ? Score.missing(status) : score(reader.of(text)));
        }
        return scores;
    }

    private Score score(S sequence) {
        Status status = property.status(sequence);
        if (status != Status.OK) {
            return Score.missing(status);
        }
        double value = property.of(sequence);
        return Double.isNaN(value) ? Score.missing(Status.NOT_APPLICABLE) : Score.of(value);
    }
}
