package io.solera.table.file;

import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * How a file of text is written.
 *
 * @param separator of cells
 * @param encoding of its bytes
 * @param mark bytes of a byte order mark in front
 * @param recognised whether neither a mark nor the user says the encoding, and it is not UTF-8
 */
public record Dialect(char separator, String encoding, int mark, boolean recognised) implements Serializable {
    Charset charset() {
        return Charset.forName(encoding);
    }

    /** Whether each byte below 128 is that character of ASCII, so that rows can be found without decoding. */
    public boolean direct() {
        String name = charset().name().toLowerCase(Locale.ROOT);
        return name.equals("utf-8")
                || name.equals("us-ascii")
                || name.startsWith("iso-8859-")
                || name.startsWith("windows-125");
    }

    /** The encoding of what is read: that of the file, or UTF-8, into which others are brought. */
    public Charset read() {
        return direct() ? charset() : StandardCharsets.UTF_8;
    }

    public Dialect separated(char other) {
        return new Dialect(other, encoding, mark, recognised);
    }
}
