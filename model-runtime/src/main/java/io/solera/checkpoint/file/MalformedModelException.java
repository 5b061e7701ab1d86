package io.solera.checkpoint.file;

import java.io.IOException;

/** A model file that is damaged, or that requires something this program does not support. */
public final class MalformedModelException extends IOException {
    public MalformedModelException(String message) {
        super(message);
    }
}
