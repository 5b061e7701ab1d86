package io.solera.score;

import java.util.Arrays;
import java.util.stream.Collectors;

/** How a table is stored, told by the ending of its name; text may be compressed ({@code .gz}, {@code .bz2}). */
public enum TableFormat {
    /** RFC 4180 with a header, in UTF-8. */
    CSV(".csv"),
    PARQUET(".parquet"),
    ORC(".orc"),
    /** Needs Spark's own Avro package on the class path. */
    AVRO(".avro"),
    /** One object per line. */
    JSON(".json|.jsonl"),
    /** One SMILES per line, what follows it after a space is not read. */
    SMILES(".smi|.smiles|.txt");

    private final String endings;

    TableFormat(String endings) {
        this.endings = endings;
    }

    /** @throws IllegalArgumentException listing the known endings */
    public static TableFormat of(String path) {
        String name = compressed(path) ? path.substring(0, path.lastIndexOf('.')) : path;
        for (TableFormat format : values()) {
            if (name.matches(".*(" + format.endings.replace(".", "\\.") + ")")) {
                return format;
            }
        }
        String known = Arrays.stream(values()).map(format -> format.endings).collect(Collectors.joining(", "));
        throw new IllegalArgumentException(
                "Invalid table: %s (must end in %s)".formatted(path, known.replace("|", ", ")));
    }

    static boolean compressed(String path) {
        return path.endsWith(".gz") || path.endsWith(".bz2");
    }
}
