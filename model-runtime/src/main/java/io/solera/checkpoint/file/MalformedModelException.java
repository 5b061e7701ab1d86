package io.solera.checkpoint.file;

import java.io.IOException;

/** A model file that is damaged, or that asks for something this program does not do. */
public final class MalformedModelException extends IOException {
    public MalformedModelException(String message) {
        super(message);
    }
}
