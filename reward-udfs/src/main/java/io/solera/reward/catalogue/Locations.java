package io.solera.reward.catalogue;

import io.solera.problem.RequestException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The file systems that a job, a query or a command line may use. Hadoop would also fetch from {@code http} and
 * {@code ftp}, so that anyone who names a file could make the cluster call any service.
 */
public final class Locations {
    /** The start-up configuration key, or system property, that adds schemes, comma-separated. */
    public static final String KEY = "spark.solera.schemes";

    private static final Set<String> KNOWN = Set.of(
            "file", "hdfs", "viewfs", "s3a", "s3", "s3n", "gs", "abfs", "abfss", "wasb", "wasbs", "adl", "ofs", "o3fs",
            "oss", "cosn", "obs", "oci", "dbfs", "maprfs", "alluxio");
    private static final Set<String> ADDED = words(System.getProperty(KEY, ""));
    private static final Pattern SCHEME = Pattern.compile("\\s*([A-Za-z][A-Za-z0-9+.-]*):.*", Pattern.DOTALL);
    /** For names that are not a hierarchical URI, such as {@code jar:file:x}. */
    private static final Pattern OPAQUE = Pattern.compile("(?i)(jar|data|https?|ftps?|sftp|ldaps?|rmi|jdbc|mailto):.*");

    private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*", Pattern.DOTALL);

    private Locations() {}

    /** Whether a name is a URI with a scheme, rather than a path, which may contain any character, including colons. */
    public static boolean isUri(String name) {
        return URI.matcher(name).matches();
    }

    /**
     * @param name a path, which has no scheme, or a URI
     * @throws IllegalArgumentException naming the allowed schemes
     */
    public static void require(String name) {
        require(name, "");
    }

    /** @param more additional schemes, allowed when Spark was started, comma-separated */
    public static void require(String name, String more) {
        Matcher scheme = SCHEME.matcher(name);
        if (!scheme.matches()) {
            return;
        }
        String rest = name.substring(scheme.end(1) + 1);
        boolean uri = rest.startsWith("/") || OPAQUE.matcher(name.strip()).matches();
        String found = scheme.group(1).toLowerCase(Locale.ROOT);
        if (uri
                && !KNOWN.contains(found)
                && !ADDED.contains(found)
                && !words(more).contains(found)) {
            throw new RequestException(
                    "Invalid location: %s (its scheme must be one of %s, or of %s, which is set when Spark starts)"
                            .formatted(name, KNOWN.stream().sorted().collect(Collectors.joining(", ")), KEY));
        }
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(word -> word.strip().toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
