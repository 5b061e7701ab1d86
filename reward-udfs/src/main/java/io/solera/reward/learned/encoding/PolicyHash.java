package io.solera.reward.learned.encoding;

import io.solera.checkpoint.Policy;
import io.solera.checkpoint.Safetensors;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells policies apart: SHA-256 of the {@code model.safetensors} that Solera writes of one, in hexadecimal digits. */
final class PolicyHash {
    private PolicyHash() {}

    static String of(Policy policy) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
                Safetensors.write(out, policy.config().layout(), policy.parameters());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot hash: every Java platform has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
