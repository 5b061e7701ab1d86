package io.solera.score;

import io.solera.reward.catalogue.Locations;
import org.jspecify.annotations.Nullable;

/**
 * A table as a user names it: a path, whose ending tells the format, or {@code table:} and a name of a Spark catalog.
 *
 * @param text as it was given
 * @param format of the paths whose ending does not tell: any format that Spark has on its class path, such as {@code delta}
 */
public record TableName(String text, @Nullable String format) {
    private static final String TABLE = "table:";

    /** @throws IllegalArgumentException when neither ending nor format tells how it is stored */
    public TableName {
        if (text.equals(TABLE)) {
            throw new IllegalArgumentException("Invalid table: %s (must be table: and a name)".formatted(text));
        }
        if (!text.startsWith(TABLE)) {
            Locations.require(text);
        }
        if (format == null && !text.startsWith(TABLE)) {
            TableFormat.of(text);
        }
    }

    public boolean catalogued() {
        return text.startsWith(TABLE);
    }

    /** The name within the catalog. */
    String name() {
        return text.substring(TABLE.length());
    }

    /** Whether it is of a format of ours, told by its ending. */
    boolean byEnding() {
        return format == null && !catalogued();
    }

    /** Whether its folder is filled with Parquet files. */
    boolean parquet() {
        return byEnding() ? TableFormat.of(text) == TableFormat.PARQUET : !catalogued() && "parquet".equals(format);
    }

    /** Whether it is one file of text, with the rows in the order of the input. */
    boolean oneFile(boolean local) {
        return byEnding() && local && TableFormat.of(text) == TableFormat.CSV && !text.endsWith(".bz2");
    }

    @Override
    public String toString() {
        return text;
    }
}
