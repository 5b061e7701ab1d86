package io.solera.reward;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function from samples to numbers. One object is sent to every executor and serves all of its threads: caches are
 * bounded, created on first use and not serialised. A value depends only on the text, never on its batch.
 */
public interface Reward extends Serializable {
    /** One score for each text, in order; a null text is {@link Status#INVALID_INPUT}. */
    List<Score> score(List<@Nullable String> texts);

    /**
     * One score for each text compared with another text of its row, in order, for example a summary with a reference;
     * a null text or other is {@link Status#INVALID_INPUT}. Only implemented by rewards that compare.
     */
    default List<Score> score(List<@Nullable String> texts, List<@Nullable String> others) {
        throw new UnsupportedOperationException("Cannot compare texts: this reward reads only one text per row");
    }

    /**
     * The similarity of a sample to this reward's training data, itself a reward; null if there is none, as for a rule.
     * A network can only be trusted near its training set.
     */
    default @Nullable Reward domain() {
        return null;
    }

    /**
     * Whether it enforces its own deadlines and always returns a score for every text, as rewards computed in another
     * process do. {@link Guarded} then sets no time limit.
     */
    default boolean guardsItself() {
        return false;
    }

    /** The first few failures in this JVM, each with its sample; for rewards that guard themselves. */
    default List<String> problems() {
        return List.of();
    }
}
