package io.solera.jobs.options;

import io.solera.table.file.TextOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a user says about files of text whose bytes do not. */
public final class TextFileOptions {
    @Option(
            names = "--separator",
            paramLabel = "CHARACTER",
            description = "Between the cells of .csv and .tsv: , ; | tab or another (default: told from the header).")
    private @Nullable String separator;

    @Option(
            names = "--encoding",
            paramLabel = "NAME",
            description = "Of text: cp1252, iso-8859-1, utf-16le, ... (default: recognised: utf-8, utf-16 or cp1252).")
    private @Nullable String encoding;

    public TextOptions options() {
        return TextOptions.of(separator, encoding);
    }
}
