package io.solera.table.file;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a table is stored, told by the ending of its name in any case; text may be compressed ({@code .gz}, {@code .bz2}). */
public enum TableFormat {
    /** RFC 4180 with a header; the separator is told from the header. */
    CSV(".csv|.tsv|.tab"),
    PARQUET(".parquet|.pq"),
    ORC(".orc"),
    /** Needs Spark's own Avro package on the class path. */
    AVRO(".avro"),
    /** Objects: one per line, one after the other, or an array of them. */
    JSON(".json|.jsonl|.ndjson"),
    /** One SMILES per line; what follows it after a space is its name. */
    SMILES(".smi|.smiles|.txt"),
    /** Structures with data fields, which are columns. */
    SDF(".sdf|.sd"),
    /** Sequences with a name. */
    FASTA(".fasta|.fa|.fas|.faa|.fna|.ffn");

    private final String endings;

    TableFormat(String endings) {
        this.endings = endings;
    }

    /** @throws IllegalArgumentException listing the known endings */
    public static TableFormat of(String path) {
        return find(path).orElseThrow(() -> unknown(path));
    }

    /** Whether the ending of a name is one of these. */
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
        return new IllegalArgumentException(
                "Invalid table: %s (must end in %s)".formatted(path, known.replace("|", ", ")));
    }

    /** The format that a user names by an ending, such as {@code csv}; empty where it is none of these. */
    public static Optional<TableFormat> named(String name) {
        String ending = "." + name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> Arrays.asList(format.endings.split("\\|", -1)).contains(ending))
                .findFirst();
    }

    /** The name in small letters, without the ending of a compression. */
    public static String plain(String path) {
        String name = path.toLowerCase(Locale.ROOT).replaceAll("/+$", "");
        return compressed(name) ? name.substring(0, name.lastIndexOf('.')) : name;
    }

    public static boolean compressed(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        return name.endsWith(".gz") || name.endsWith(".bz2");
    }

    /** Whether the ending says that it is compressed by gzip. */
    public static boolean gzip(String path) {
        return path.toLowerCase(Locale.ROOT).endsWith(".gz");
    }

    /** Whether one file of text is written by the driver: all text but what is compressed by bzip2. */
    public boolean writtenAsText() {
        return this == CSV || this == SMILES || this == SDF || this == FASTA;
    }

    /** The separator of the cells of a file that is written. */
    public static char separator(String path) {
        String name = plain(path);
        return name.endsWith(".tsv") || name.endsWith(".tab") ? '\t' : ',';
    }
}
