package io.solera.config;

import io.solera.problem.SettingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import org.jspecify.annotations.Nullable;

/**
 * The settings of text tables that do not declare their format: {@code separator} and {@code encoding}, in a job or as
 * options.
 */
public final class TextKeys {
    private TextKeys() {}

    /**
     * Between the cells of CSV.
     *
     * @param key as the user writes it
     * @param value a character, or {@code tab}
     * @throws SettingException naming the key
     */
    public static @Nullable Character separator(String key, @Nullable String value) {
        if (value == null) {
            return null;
        }
        String one = value.equalsIgnoreCase("tab") || value.equals("\\t") ? "\t" : value;
        if (one.length() != 1 || one.charAt(0) >= 128 || "\"\n\r\0".contains(one)) {
            throw new SettingException(key, value, "must be one ASCII character such as , ; | or tab, and no quote");
        }
        return one.charAt(0);
    }

    /**
     * The same of an encoding that this JVM knows.
     *
     * @throws SettingException naming the key
     */
    public static @Nullable Charset encoding(String key, @Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            return Charset.forName(value);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new SettingException(key, value, "must be one such as utf-8, utf-16, cp1252, iso-8859-1");
        }
    }

    /** Checks both keys of a job. */
    static void require(@Nullable String separator, @Nullable String encoding) {
        separator("separator", separator);
        encoding("encoding", encoding);
    }
}
