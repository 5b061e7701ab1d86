package io.solera.store.storage;

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

/** A path as a user writes it: with a scheme, or one of the default file system that may hold any character, colons too. */
public final class StoragePath {
    private static final Pattern ESCAPED = Pattern.compile("%([0-9A-Fa-f]{2})");

    private StoragePath() {}

    public static Path of(String text) {
        return Locations.isUri(text) ? new Path(text) : new Path(null, null, text);
    }

    /** What is called {@code name} in a folder. */
    public static Path child(Path folder, String name) {
        return new Path(folder, new Path(null, null, name));
    }

    /** A local disk without Hadoop's checksum files, which have no names for files with a colon. */
    public static FileSystem system(Path path, Configuration configuration) throws IOException {
        FileSystem files = path.getFileSystem(configuration);
        return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
    }

    /** Whether it may stand for several files, where there is none of this very name. */
    public static boolean hasPattern(String text) {
        return text.chars().anyMatch(c -> "*?[]{}".indexOf(c) >= 0);
    }

    /**
     * What a pattern fits, in the order of names. Hadoop's own search stumbles over any name with a colon in the folder.
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

    /** Null where it is none, as a bracket that does not close. */
    private static @Nullable GlobPattern pattern(String name) {
        try {
            return new GlobPattern(name);
        } catch (RuntimeException e) { // of a library that Hadoop has under a name of its own
            return null;
        }
    }

    /** A name of a folder as it was before Hive's rule was put on it. */
    public static String unescaped(String name) {
        Matcher matcher = ESCAPED.matcher(name);
        return matcher.replaceAll(
                found -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))));
    }
}
