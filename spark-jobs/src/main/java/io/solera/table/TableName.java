package io.solera.table;

import io.solera.reward.catalogue.Locations;
import io.solera.table.file.TableFormat;
import io.solera.table.file.TextOptions;
import org.jspecify.annotations.Nullable;

/**
 * A table as a user names it: a path, whose ending tells the format, or {@code table:} and a name of a Spark catalog.
 *
 * @param text as it was given
 * @param format of the paths whose ending does not tell: any format that Spark has on its class path, such as {@code delta}
 * @param options of text
 */
public record TableName(String text, @Nullable String format, TextOptions options) {
    private static final String TABLE = "table:";

    /** @throws IllegalArgumentException when neither ending nor format tells how it is stored */
    public TableName {
        if (text.equals(TABLE)) {
            throw new IllegalArgumentException("Invalid table: %s (must be table: and a name)".formatted(text));
        }
        if (!isCatalogued(text)) {
            Locations.require(text);
        }
        if (format == null && !isCatalogued(text)) {
            TableFormat.of(text);
        }
    }

    public TableName(String text, @Nullable String format) {
        this(text, format, TextOptions.TOLD);
    }

    /** Whether a name is that of a table of a Spark catalog. */
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

    /** Whether it is of a format of ours, told by its ending. */
    public boolean byEnding() {
        return format == null && !catalogued();
    }

    /** Whether its folder is filled with Parquet files. */
    public boolean parquet() {
        return byEnding() ? TableFormat.of(text) == TableFormat.PARQUET : !catalogued() && "parquet".equals(format);
    }

    /** Whether it is one file of text, with the rows in the order of the input. */
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
