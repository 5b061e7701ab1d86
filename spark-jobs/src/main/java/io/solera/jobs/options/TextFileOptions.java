package io.solera.jobs.options;

import io.solera.table.file.TextOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for text files that do not declare their format. */
public final class TextFileOptions {
    @Option(
            names = "--separator",
            paramLabel = "CHARACTER",
            description = "Separator of .csv and .tsv cells: , ; | tab or another (default: detected from the header).")
    private @Nullable String separator;

    @Option(
            names = "--encoding",
            paramLabel = "NAME",
            description = "Encoding of text files: cp1252, iso-8859-1, utf-16le, ... (default: detected: utf-8, "
                    + "utf-16 or cp1252).")
    private @Nullable String encoding;

    public TextOptions options() {
        return TextOptions.of(separator, encoding);
    }
}
