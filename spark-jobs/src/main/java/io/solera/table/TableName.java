package io.solera.table;

import io.solera.problem.RequestException;
import io.solera.reward.catalogue.Locations;
import io.solera.table.file.TableFormat;
import io.solera.table.file.TextOptions;
import org.jspecify.annotations.Nullable;

/**
 * A table as named by a user: a path, whose extension determines the format, or {@code table:} and a name in a Spark
 * catalog.
 *
 * @param text as given
 * @param format for paths without a known extension: any format on Spark's class path, such as {@code delta}
 * @param options of text files
 */
public record TableName(String text, @Nullable String format, TextOptions options) {
    private static final String TABLE = "table:";

    /** @throws IllegalArgumentException if neither extension nor format determines how it is stored */
    public TableName {
        if (text.equals(TABLE)) {
            throw new RequestException("Invalid table: %s (must be table: and a name)".formatted(text));
        }
        if (!isCatalogued(text)) {
            Locations.require(text);
        }
        if (format == null && !isCatalogued(text)) {
            TableFormat.of(text);
        }
    }

    public TableName(String text, @Nullable String format) {
        this(text, format, TextOptions.DETECTED);
    }

    /** Whether a name refers to a table of a Spark catalog. */
    public static boolean isCatalogued(String text) {
        return text.startsWith(TABLE);
    }

    public boolean catalogued() {
        return isCatalogued(text);
    }

    /** The name within the catalog. */
    public String name() {
        return text.substring(TABLE.length());
    }

    /** Whether its extension is one of our formats. */
    public boolean byEnding() {
        return format == null && !catalogued();
    }

    /** Whether it is a folder of Parquet files. */
    public boolean parquet() {
        return byEnding() ? TableFormat.of(text) == TableFormat.PARQUET : !catalogued() && "parquet".equals(format);
    }

    /** Whether it is a single text file, with the rows in the order of the input. */
    public boolean oneFile(boolean local) {
        return byEnding()
                && local
                && TableFormat.of(text).writtenAsText()
                && (!TableFormat.compressed(text) || TableFormat.gzip(text));
    }

    @Override
    public String toString() {
        return text;
    }
}
