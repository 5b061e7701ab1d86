package io.solera.checkpoint;

import io.solera.lang.Sha256;
import java.io.IOException;
import java.io.OutputStream;

/** Distinguishes policies: the SHA-256 of the {@code model.safetensors} that Solera writes of one. */
public final class PolicyHash {
    private PolicyHash() {}

    public static String of(Policy policy) throws IOException {
        Sha256 hash = new Sha256();
        try (OutputStream out = hash.writing(OutputStream.nullOutputStream())) {
            Safetensors.write(out, policy.config().layout(), policy.parameters());
        }
        return hash.hex();
    }
}
