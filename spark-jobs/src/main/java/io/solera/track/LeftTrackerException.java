package io.solera.track;

import java.io.IOException;

/** A tracker cannot do what it is for, and would not later: it is left alone. */
final class LeftTrackerException extends IOException {
    LeftTrackerException(String message) {
        super(message);
    }
}
