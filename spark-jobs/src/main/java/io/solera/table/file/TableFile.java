package io.solera.table.file;

import io.solera.store.storage.StoragePath;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file of a table.
 *
 * @param shown as the user would write it
 * @param path the same, qualified
 * @param folders the names of those called {@code name=value} that it is in, below the table
 * @param values of the same, as they are written there
 */
public record TableFile(String shown, String path, long length, List<String> folders, List<String> values)
        implements Serializable {
    private static final String NO_VALUE = "__HIVE_DEFAULT_PARTITION__";

    public TableFile {
        folders = List.copyOf(folders);
        values = List.copyOf(values);
    }

    /**
     * All files of a table in the order of their names; those hidden by a dot or underscore in front are none.
     *
     * @throws FileNotFoundException when there are none of this name
     * @throws MalformedTableException when the names of folders do not fit
     */
    public static List<TableFile> list(String text, Configuration configuration) throws IOException {
        List<TableFile> files = new ArrayList<>();
        for (Path root : roots(text, configuration)) {
            FileSystem system = StoragePath.system(root, configuration);
            FileStatus status = system.getFileStatus(root);
            String shown = StoragePath.hasPattern(text) && !root.toString().endsWith(text) ? shown(root) : text;
            add(files, system, status, shown.replaceAll("(?<=.)/+$", ""), List.of(), List.of());
        }
        for (TableFile file : files) {
            if (!file.folders.equals(files.get(0).folders)) {
                throw MalformedTableException.of(
                        text,
                        "its folders do not have the same names: %s is in folders of %s, and %s of %s"
                                .formatted(files.get(0).shown, names(files.get(0)), file.shown, names(file)));
            }
        }
        return List.copyOf(files);
    }

    /** The file or folder of that name, or all that a pattern fits. */
    public static List<Path> roots(String text, Configuration configuration) throws IOException {
        Path path = StoragePath.of(text);
        FileSystem system = StoragePath.system(path, configuration);
        if (system.exists(path)) {
            return List.of(system.makeQualified(path));
        }
        List<Path> found = StoragePath.hasPattern(text) ? StoragePath.matching(system, path) : List.of();
        if (found.isEmpty()) {
            throw new FileNotFoundException("Cannot read %s: there is no such file".formatted(text));
        }
        return found;
    }

    /** What the folders say in the columns of their names. */
    public List<@Nullable String> cells() {
        List<@Nullable String> cells = new ArrayList<>();
        for (String value : values) {
            cells.add(value.equals(NO_VALUE) ? null : value);
        }
        return cells;
    }

    private static void add(
            List<TableFile> files,
            FileSystem system,
            FileStatus status,
            String shown,
            List<String> folders,
            List<String> values)
            throws IOException {
        if (status.isFile()) {
            files.add(new TableFile(shown, status.getPath().toString(), status.getLen(), folders, values));
            return;
        }
        FileStatus[] children = system.listStatus(status.getPath());
        Arrays.sort(children, Comparator.comparing(child -> child.getPath().getName()));
        for (FileStatus child : children) {
            String name = child.getPath().getName();
            int sign = name.indexOf('=');
            if (name.startsWith(".") || (name.startsWith("_") && sign < 0)) {
                continue;
            }
            List<String> inFolders = new ArrayList<>(folders);
            List<String> withValues = new ArrayList<>(values);
            if (child.isDirectory() && sign > 0) {
                inFolders.add(StoragePath.unescaped(name.substring(0, sign)));
                withValues.add(StoragePath.unescaped(name.substring(sign + 1)));
            }
            add(files, system, child, shown + "/" + name, inFolders, withValues);
        }
    }

    private static String shown(Path path) {
        return "file".equals(path.toUri().getScheme()) ? path.toUri().getPath() : path.toString();
    }

    private static String names(TableFile file) {
        return file.folders.isEmpty() ? "no name" : String.join("=, ", file.folders) + "=";
    }
}
