package io.solera.store.storage;

import io.solera.problem.RequestException;
import io.solera.reward.catalogue.Locations;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobPattern;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A path as written by a user: with a scheme, or on the default file system, where it may contain any character,
 * including colons.
 */
public final class StoragePath {
    private static final Pattern ESCAPED = Pattern.compile("%([0-9A-Fa-f]{2})");

    private StoragePath() {}

    public static Path of(String text) {
        if (text.isEmpty()) {
            throw new RequestException("Invalid location: none (must name a file or a folder)");
        }
        return Locations.isUri(text) ? new Path(text) : new Path(null, null, text);
    }

    /** The entry {@code name} of a folder. */
    public static Path child(Path folder, String name) {
        return new Path(folder, new Path(null, null, name));
    }

    /** A local disk without Hadoop's checksum files, which do not support names with a colon. */
    public static FileSystem system(Path path, Configuration configuration) throws IOException {
        FileSystem files = path.getFileSystem(configuration);
        return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
    }

    /** Whether it is a pattern for several files, if there is no file of exactly this name. */
    public static boolean hasPattern(String text) {
        return text.chars().anyMatch(c -> "*?[]{}".indexOf(c) >= 0);
    }

    /**
     * The matches of a pattern, sorted by name. Hadoop's own search fails for any name with a colon in the folder.
     *
     * @param pattern with a pattern in any of its names
     */
    public static List<Path> matching(FileSystem files, Path pattern) throws IOException {
        Path whole = files.makeQualified(pattern);
        String scheme = whole.toUri().getScheme();
        String authority = whole.toUri().getAuthority();
        List<Path> found = List.of(new Path(scheme, authority, "/"));
        for (String name : whole.toUri().getPath().substring(1).split("/", -1)) {
            List<Path> next = new ArrayList<>();
            for (Path parent : found) {
                String folder = parent.isRoot() ? "/" : parent.toUri().getPath() + "/";
                Path same = new Path(scheme, authority, folder + name);
                if (!hasPattern(name)) {
                    next.add(same);
                } else if (files.exists(parent) && files.getFileStatus(parent).isDirectory()) {
                    GlobPattern glob = pattern(name);
                    if (glob == null) {
                        return List.of();
                    }
                    for (FileStatus child : files.listStatus(parent)) {
                        if (glob.matches(child.getPath().getName())) {
                            next.add(child.getPath());
                        }
                    }
                }
            }
            found = next;
        }
        List<Path> there = new ArrayList<>();
        for (Path path : found) {
            if (files.exists(path)) {
                there.add(path);
            }
        }
        return there.stream().sorted().toList();
    }

    /** Null if it is not a pattern, such as an unclosed bracket. */
    private static @Nullable GlobPattern pattern(String name) {
        try {
            return new GlobPattern(name);
        } catch (RuntimeException e) { // of a library that Hadoop has shaded
            return null;
        }
    }

    /** A folder name with Hive's escaping undone. */
    public static String unescaped(String name) {
        Matcher matcher = ESCAPED.matcher(name);
        return matcher.replaceAll(
                found -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))));
    }
}
