package io.solera.lang;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of texts and streams, in lower-case hexadecimal digits. */
public final class Sha256 {
    private static final int BUFFER = 1 << 16;

    private final MessageDigest digest;

    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot hash: every Java platform has SHA-256", e);
        }
    }

    public static String of(String text) {
        return new Sha256().add(text).hex();
    }

    /** Reads the stream to its end and closes it. */
    public static String of(InputStream stream) throws IOException {
        Sha256 hash = new Sha256();
        try (InputStream in = hash.reading(stream)) {
            byte[] buffer = new byte[BUFFER];
            while (in.read(buffer) >= 0) {}
        }
        return hash.hex();
    }

    /** Adds a text in UTF-8. */
    public Sha256 add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** A stream that adds what is read from it. */
    public InputStream reading(InputStream in) {
        return new DigestInputStream(in, digest);
    }

    /** A stream that adds what is written to it. */
    public OutputStream writing(OutputStream out) {
        return new DigestOutputStream(out, digest);
    }

    /** The 32 bytes of the hash; resets it. */
    public byte[] bytes() {
        return digest.digest();
    }

    /** The 64 digits of the hash; resets it. */
    public String hex() {
        return HexFormat.of().formatHex(bytes());
    }
}
