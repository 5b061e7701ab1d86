package io.solera.store;

import java.io.IOException;

/** A run folder that another driver took over while this one ran. */
public final class LostRunException extends IOException {
    LostRunException(String message) {
        super(message);
    }
}
