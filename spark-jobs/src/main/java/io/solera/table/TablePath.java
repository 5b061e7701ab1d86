package io.solera.table;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** A path as a user writes it: with a scheme, or one of the default file system that may hold any character, colons too. */
public final class TablePath {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*");
    private static final Pattern ESCAPED = Pattern.compile("%([0-9A-Fa-f]{2})");

    private TablePath() {}

    public static Path of(String text) {
        return SCHEME.matcher(text).matches() ? new Path(text) : new Path(null, null, text);
    }

    /** A local disk without Hadoop's checksum files, which have no names for files with a colon. */
    static FileSystem system(Path path, Configuration configuration) throws IOException {
        FileSystem files = path.getFileSystem(configuration);
        return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
    }

    /** Whether it may stand for several files, where there is none of this very name. */
    static boolean hasPattern(String text) {
        return text.chars().anyMatch(c -> "*?[]{}".indexOf(c) >= 0);
    }

    /** A name of a folder as it was before Hive's rule was put on it. */
    static String unescaped(String name) {
        Matcher matcher = ESCAPED.matcher(name);
        return matcher.replaceAll(found ->
                Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))));
    }
}
