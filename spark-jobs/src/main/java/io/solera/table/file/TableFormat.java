package io.solera.table.file;

import io.solera.problem.RequestException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a table is stored, determined by the extension of its name, ignoring case; text may be compressed ({@code .gz},
 * {@code .bz2}).
 */
public enum TableFormat {
    /** RFC 4180 with a header; the separator is detected from the header. */
    CSV(".csv|.tsv|.tab"),
    PARQUET(".parquet|.pq"),
    ORC(".orc"),
    /** Needs Spark's own Avro package on the class path. */
    AVRO(".avro"),
    /** Objects: one per line, consecutive, or an array. */
    JSON(".json|.jsonl|.ndjson"),
    /** One SMILES per line, optionally followed by a space and a name. */
    SMILES(".smi|.smiles|.txt"),
    /** Structures with data fields, which are columns. */
    SDF(".sdf|.sd"),
    /** Sequences with a name. */
    FASTA(".fasta|.fa|.fas|.faa|.fna|.ffn");

    private final String endings;

    TableFormat(String endings) {
        this.endings = endings;
    }

    /** @throws IllegalArgumentException listing the known extensions */
    public static TableFormat of(String path) {
        return find(path).orElseThrow(() -> unknown(path));
    }

    /** Whether the extension of a name is one of these. */
    public static boolean isKnown(String path) {
        return find(path).isPresent();
    }

    private static Optional<TableFormat> find(String path) {
        String name = plain(path);
        return Arrays.stream(values())
                .filter(format -> Arrays.stream(format.endings.split("\\|", -1)).anyMatch(name::endsWith))
                .findFirst();
    }

    private static IllegalArgumentException unknown(String path) {
        String known = Arrays.stream(values()).map(format -> format.endings).collect(Collectors.joining(", "));
        return new RequestException("Invalid table: %s (must end in %s)".formatted(path, known.replace("|", ", ")));
    }

    /** The format for an extension given by a user, such as {@code csv}; empty if it is not one of these. */
    public static Optional<TableFormat> named(String name) {
        String ending = "." + name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> Arrays.asList(format.endings.split("\\|", -1)).contains(ending))
                .findFirst();
    }

    /** The name in lower case, without the extension of a compression. */
    public static String plain(String path) {
        String name = path.toLowerCase(Locale.ROOT).replaceAll("/+$", "");
        return compressed(name) ? name.substring(0, name.lastIndexOf('.')) : name;
    }

    public static boolean compressed(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        return name.endsWith(".gz") || name.endsWith(".bz2");
    }

    /** Whether the extension is that of gzip. */
    public static boolean gzip(String path) {
        return path.toLowerCase(Locale.ROOT).endsWith(".gz");
    }

    /** Whether the driver writes a single text file: all text except bzip2. */
    public boolean writtenAsText() {
        return this == CSV || this == SMILES || this == SDF || this == FASTA;
    }

    /** The cell separator of written files. */
    public static char separator(String path) {
        String name = plain(path);
        return name.endsWith(".tsv") || name.endsWith(".tab") ? '\t' : ',';
    }
}
