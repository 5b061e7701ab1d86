package io.solera.table;

import io.solera.problem.RequestException;
import io.solera.reward.catalogue.Locations;
import io.solera.table.file.TableFormat;
import io.solera.table.file.TextOptions;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A table as named by a user: a path, whose extension determines the format, or a name in a Spark catalog. A name is
 * what follows {@code table:}, and any text of three plain words with dots between them, {@code catalog.db.table},
 * unless the last is an extension: what else looks like a name, such as {@code lab.molecules}, may be a file.
 *
 * @param text as given
 * @param format for paths without a known extension: any format on Spark's class path, such as {@code delta}
 * @param options of text files
 */
public record TableName(String text, @Nullable String format, TextOptions options) {
    private static final String TABLE = "table:";
    private static final Predicate<String> THREE_WORDS =
            Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*){2}").asMatchPredicate();

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
        return text.startsWith(TABLE)
                || (THREE_WORDS.test(text) && !TableFormat.isKnown(text) && !TableFormat.compressed(text));
    }

    public boolean catalogued() {
        return isCatalogued(text);
    }

    /** The name within the catalog. */
    public String name() {
        return text.startsWith(TABLE) ? text.substring(TABLE.length()) : text;
    }

    /** A table by its name within a catalog, with or without {@code table:}. */
    public static TableName ofCatalog(String name) {
        return new TableName(name.startsWith(TABLE) ? name : TABLE + name, null);
    }

    /** Whether both are the same name of a catalog, or the same path. */
    public boolean isSame(TableName other) {
        return (catalogued() && other.catalogued()) ? name().equals(other.name()) : text.equals(other.text);
    }

    /** Why there is no such table: a text that is a name only by the rule may be meant as a path. */
    public RequestException missing(String verb) {
        return new RequestException("Cannot %s %s: the catalog has no such table%s"
                .formatted(
                        verb,
                        text,
                        text.startsWith(TABLE)
                                ? ""
                                : " (a path must end in .csv or another ending of docs/tables.md)"));
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
