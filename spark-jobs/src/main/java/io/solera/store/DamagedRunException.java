package io.solera.store;

import java.io.IOException;

/** A committed round whose files are not as its manifest says. */
public final class DamagedRunException extends IOException {
    DamagedRunException(int round, String why) {
        super("Cannot read round %d: %s".formatted(round, why));
    }
}
