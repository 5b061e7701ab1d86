package io.solera.table.file;

import io.solera.config.TextKeys;
import java.io.Serializable;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * User options for text files.
 *
 * @param separator of cells; null: detected from the header
 * @param encoding by its Java name; null: detected by {@link TextEncoding}
 */
public record TextOptions(
        @Nullable Character separator, @Nullable String encoding) implements Serializable {
    public static final TextOptions DETECTED = new TextOptions(null, null);

    /**
     * From options of a command, or from a job, which has checked them.
     *
     * @param separator a character, or {@code tab}; null: detected from the header
     * @throws IllegalArgumentException naming the invalid option
     */
    public static TextOptions of(@Nullable String separator, @Nullable String encoding) {
        Charset charset = TextKeys.encoding("--encoding", encoding);
        return new TextOptions(TextKeys.separator("--separator", separator), charset == null ? null : charset.name());
    }
}
