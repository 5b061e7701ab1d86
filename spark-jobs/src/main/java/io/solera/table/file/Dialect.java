package io.solera.table.file;

import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The format of a text file.
 *
 * @param separator of cells
 * @param encoding of its bytes
 * @param mark length of its byte order mark in bytes
 * @param recognised whether the encoding was guessed, not given by a mark or the user, and is not UTF-8
 */
public record Dialect(char separator, String encoding, int mark, boolean recognised) implements Serializable {
    Charset charset() {
        return Charset.forName(encoding);
    }

    /** Whether each byte below 128 is an ASCII character, so that rows can be found without decoding. */
    public boolean direct() {
        String name = charset().name().toLowerCase(Locale.ROOT);
        return name.equals("utf-8")
                || name.equals("us-ascii")
                || name.startsWith("iso-8859-")
                || name.startsWith("windows-125");
    }

    /** The encoding after conversion: that of the file, or UTF-8, to which others are converted. */
    public Charset read() {
        return direct() ? charset() : StandardCharsets.UTF_8;
    }

    public Dialect separated(char other) {
        return new Dialect(other, encoding, mark, recognised);
    }
}
