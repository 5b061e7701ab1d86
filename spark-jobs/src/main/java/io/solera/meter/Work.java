package io.solera.meter;

import com.codahale.metrics.Counter;
import java.util.Locale;

/** Work that the tasks of this process have done since it started; what is repeated counts again. */
public enum Work {
    /** Samples that were drawn from policies, for evaluations too. */
    SAMPLES,
    /** Tokens of these. */
    TOKENS,
    /** Samples, or inputs of a table, that rewards were asked for. */
    SCORED,
    /** Times that a network computed a batch of whole sequences, with its gradient or without. */
    PASSES;

    @SuppressWarnings("ImmutableEnumChecker") // counts what the whole process does
    private final Counter counter = new Counter();

    public void add(long more) {
        counter.inc(more);
    }

    public long count() {
        return counter.getCount();
    }

    Counter counter() {
        return counter;
    }

    /** As the metrics system has it. */
    String text() {
        return "work." + name().toLowerCase(Locale.ROOT);
    }
}
