package io.solera.store;

import java.io.IOException;

/** A run folder that this run cannot use: of another job, in use, not writable, or not a run folder. */
public final class RefusedRunException extends IOException {
    RefusedRunException(String location, String why) {
        super("Cannot use run folder %s: %s".formatted(location, why));
    }
}
