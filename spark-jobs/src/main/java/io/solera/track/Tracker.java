package io.solera.track;

import java.io.IOException;

/** Shows a run somewhere. Used by one thread; what it throws is reported once, and tried again later. */
interface Tracker {
    /** Sends what there is of the rounds up to this one and was not sent yet, by this process or an earlier one. */
    void reach(int round) throws IOException;

    /** Ends after {@link #reach} of the last round: with the files that a finished run has, or after being cut off. */
    void end(boolean done) throws IOException;
}
