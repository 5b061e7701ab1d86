package io.solera.table;

import io.solera.lang.Excerpt;
import io.solera.table.file.EmptyTableException;
import io.solera.table.file.MalformedTableException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.ChecksumException;
import org.jspecify.annotations.Nullable;

/**
 * The problem of a table that Spark or a library found while reading it: the only place that knows their exceptions.
 */
public final class TableProblem {
    /** Prefix of a message that a query raises itself. */
    static final String MARK = "solera: ";

    private static final Pattern FILE =
            Pattern.compile("(?:file|path|File)[: ]+'?((?:[a-z0-9]+:/)?/[^\\s'\\]]+?)[.,:]?(?=[\\s'\\]]|$)");
    private static final Pattern CODEC = Pattern.compile("Class \\S+\\.(\\w+)Codec was not found");
    private static final String ENCODING = "Unsupported encoding: ";
    private static final int SHOWN = 600;

    private TableProblem() {}

    /**
     * The same problem as a {@link MalformedTableException} if it was caused by the data of a table; else unchanged.
     */
    public static Throwable of(Throwable problem) {
        List<Throwable> causes = causes(problem);
        for (Throwable cause : causes) {
            if (cause instanceof MalformedTableException || cause instanceof EmptyTableException) {
                return cause;
            }
            String message = String.valueOf(cause.getMessage());
            int raised = message.indexOf(MARK + "Cannot read ");
            if (raised >= 0) {
                return new MalformedTableException(
                        Excerpt.ofFirstLine(message.substring(raised + MARK.length()), SHOWN), problem);
            }
        }
        Throwable found =
                causes.stream().filter(TableProblem::ofData).findFirst().orElse(null);
        if (found == null) {
            return problem;
        }
        String file = causes.stream()
                .map(cause -> file(String.valueOf(cause.getMessage())))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("the table");
        String reason = found instanceof ChecksumException ? checksums(file) : reason(found);
        return new MalformedTableException("Cannot read %s: %s".formatted(file, reason), problem);
    }

    private static String checksums(String file) {
        String beside = file.replaceFirst("([^/]*)$", ".$1.crc");
        return "its bytes do not fit its checksums (copy it again, or remove %s if it was changed on purpose)"
                .formatted(beside);
    }

    /** The problem of a Parquet file whose footer was read. */
    static RuntimeException parquet(String file, Exception problem) {
        List<Throwable> causes = causes(problem);
        for (Throwable cause : causes) {
            if (cause instanceof MalformedTableException malformed) {
                return malformed;
            }
            if (cause instanceof ChecksumException) {
                return new MalformedTableException("Cannot read %s: %s".formatted(file, checksums(file)), problem);
            }
            String message = String.valueOf(cause.getMessage());
            if (message.contains("is not a Parquet file") || message.contains("not a parquet file")) {
                boolean cut =
                        !message.contains("length is too low") && message.contains("Expected magic number at tail");
                return new MalformedTableException(
                        "Cannot read %s: it is not a Parquet file%s"
                                .formatted(file, cut ? ", or was not copied completely" : ""),
                        problem);
            }
        }
        Throwable last = causes.get(causes.size() - 1);
        boolean footer = last.getClass().getName().contains(".thrift."); // of bytes that are no footer
        if (last instanceof EOFException || last instanceof RuntimeException || footer) {
            return new MalformedTableException("Cannot read %s: %s".formatted(file, reason(last)), problem);
        }
        return new UncheckedIOException(problem instanceof IOException io ? io : new IOException(problem));
    }

    /** Whether a library's exception means that the bytes or types of a file are wrong. */
    private static boolean ofData(Throwable cause) {
        String type = cause.getClass().getName();
        String message = String.valueOf(cause.getMessage());
        return type.equals("org.apache.parquet.io.ParquetDecodingException")
                || type.endsWith("SchemaColumnConvertNotSupportedException")
                || type.endsWith("orc.FileFormatException")
                || type.startsWith("org.apache.avro.")
                || type.endsWith("BadRecordException")
                || type.endsWith("parquet.hadoop.BadConfigurationException")
                || cause instanceof ChecksumException
                || message.startsWith(ENCODING)
                || message.contains("is not a Parquet file")
                || message.contains("MALFORMED_RECORD")
                || message.contains("Malformed records are detected")
                || message.contains("CANNOT_MERGE_SCHEMAS")
                || message.contains("Failed merging schema")
                || message.contains("Malformed ORC file")
                || message.contains("Conflicting partition column names")
                || message.contains("Conflicting directory structures");
    }

    private static String reason(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (message.contains("is not a Parquet file")) {
            return "it is not a Parquet file";
        }
        if (message.startsWith(ENCODING)) {
            return ("a column is encoded as %s, which Spark does not read (write it without, as by "
                            + "use_byte_stream_split=False)")
                    .formatted(Excerpt.ofFirstLine(message.substring(ENCODING.length()), SHOWN));
        }
        Matcher codec = CODEC.matcher(message);
        if (codec.find()) {
            return "it is compressed by %s, for which Spark has no library (write it with zstd or snappy)"
                    .formatted(codec.group(1).toLowerCase(Locale.ROOT));
        }
        String type = cause.getClass().getSimpleName();
        return cause.getMessage() == null
                ? type.replaceAll("Exception$", "").toLowerCase(Locale.ROOT)
                : Excerpt.ofFirstLine(message.replaceAll("^\\[[A-Z_.]+\\] ", ""), SHOWN);
    }

    private static String file(String message) {
        Matcher matcher = FILE.matcher(message);
        return matcher.find() ? matcher.group(1).replaceFirst("^file:/+", "/") : "";
    }

    private static List<Throwable> causes(Throwable problem) {
        List<Throwable> causes = new ArrayList<>();
        for (@Nullable Throwable cause = problem; cause != null && causes.size() < 50; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }
}
