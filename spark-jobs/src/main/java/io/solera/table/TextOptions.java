package io.solera.table;

import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import org.jspecify.annotations.Nullable;

/**
 * What a user says about a file of text whose bytes do not.
 *
 * @param separator of cells; null: told from the header
 * @param encoding by its name; null: as {@link TextEncoding} recognises it
 */
public record TextOptions(
        @Nullable Character separator, @Nullable String encoding) implements Serializable {
    public static final TextOptions TOLD = new TextOptions(null, null);

    /** @throws IllegalArgumentException when the encoding is none that this JVM knows */
    public TextOptions {
        if (encoding != null) {
            charset(encoding);
        }
    }

    /**
     * @param separator a character, or {@code tab}; null: told from the header
     * @throws IllegalArgumentException naming the option that is wrong
     */
    public static TextOptions of(@Nullable String separator, @Nullable String encoding) {
        if (separator == null) {
            return new TextOptions(null, encoding);
        }
        String one = separator.equalsIgnoreCase("tab") || separator.equals("\\t") ? "\t" : separator;
        if (one.length() != 1 || one.charAt(0) >= 128 || "\"\n\r\0".contains(one)) {
            throw new IllegalArgumentException(
                    "Invalid --separator: %s (must be one ASCII character such as , ; | or tab, and no quote)"
                            .formatted(separator));
        }
        return new TextOptions(one.charAt(0), encoding);
    }

    static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new IllegalArgumentException(
                    "Invalid --encoding: %s (must be one such as utf-8, utf-16, cp1252, iso-8859-1)".formatted(name),
                    e);
        }
    }
}
