package io.solera.reward;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function from samples to numbers. One object is sent to every executor and serves all of its threads: whatever it caches
 * is bounded, made on first use and not serialised. A value depends on the text alone, never on the batch it came in.
 */
public interface Reward extends Serializable {
    /** One score for each text, in order; a null text is {@link Status#INVALID_INPUT}. */
    List<Score> score(List<@Nullable String> texts);

    /**
     * One score for each text beside another of its row, in order, such as a summary and what a person wrote; a null text or other
     * is {@link Status#INVALID_INPUT}. Only rewards that compare have it.
     */
    default List<Score> score(List<@Nullable String> texts, List<@Nullable String> others) {
        throw new UnsupportedOperationException("Cannot compare texts: this reward reads one text of a row");
    }

    /**
     * How near a sample is to what this reward was made from, itself a reward; null where that makes no sense, as for a rule. A
     * network is to be trusted near its training set only.
     */
    default @Nullable Reward domain() {
        return null;
    }

    /**
     * Whether it keeps deadlines of its own and gives a score for every text whatever happens, as rewards do whose work is done in
     * another process. {@link Guarded} leaves the time to it.
     */
    default boolean guardsItself() {
        return false;
    }

    /** The first few breakdowns in this JVM that cost a sample its score, each with the sample; of a reward that guards itself. */
    default List<String> problems() {
        return List.of();
    }
}
