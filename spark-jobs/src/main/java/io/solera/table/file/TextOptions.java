package io.solera.table.file;

import io.solera.config.TextKeys;
import java.io.Serializable;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * What a user says about a file of text whose bytes do not.
 *
 * @param separator of cells; null: told from the header
 * @param encoding by the name that Java has for it; null: as {@link TextEncoding} recognises it
 */
public record TextOptions(
        @Nullable Character separator, @Nullable String encoding) implements Serializable {
    public static final TextOptions TOLD = new TextOptions(null, null);

    /**
     * As options of a command, or the same of a job, which has checked them.
     *
     * @param separator a character, or {@code tab}; null: told from the header
     * @throws IllegalArgumentException naming the option that is wrong
     */
    public static TextOptions of(@Nullable String separator, @Nullable String encoding) {
        Charset charset = TextKeys.encoding("--encoding", encoding);
        return new TextOptions(TextKeys.separator("--separator", separator), charset == null ? null : charset.name());
    }
}
