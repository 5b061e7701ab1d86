package io.solera.table.output;

import io.solera.lang.Sha256;
import io.solera.store.storage.StoragePath;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A marker file that identifies a command's own output: {@code .solera} in a folder, {@code .<name>.solera} next to a
 * file. It names the command and, once the output is finished, its content: size and SHA-256 of a file, or the names in
 * a folder.
 *
 * @param command such as {@code score}
 * @param content one entry per line; empty while the command is writing
 */
public record Mark(String command, List<String> content) {
    public static final String NAME = ".solera";
    private static final String FIRST = "written by solera ";
    private static final int MAX_BYTES = 1 << 26;

    public Mark {
        content = List.copyOf(content);
    }

    static Path ofFile(Path file) {
        return StoragePath.child(file.getParent(), "." + file.getName() + NAME);
    }

    public static Path ofFolder(Path folder) {
        return new Path(folder, NAME);
    }

    public static Mark unfinished(String command) {
        return new Mark(command, List.of());
    }

    static Mark finishedFile(String command, long bytes, String sha256) {
        return new Mark(command, List.of("file %d %s".formatted(bytes, sha256)));
    }

    /** The current content of a folder. */
    public static Mark finishedFolder(String command, FileSystem files, Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        collect(files, folder, "", names);
        return new Mark(command, names);
    }

    public void write(FileSystem files, Path file) throws IOException {
        try (OutputStream out = files.create(file, true)) {
            out.write((FIRST + command + "\n"
                            + String.join(
                                    "",
                                    content.stream().map(line -> line + "\n").toList()))
                    .getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Empty if there is none, or something else has that name. */
    public static Optional<Mark> read(FileSystem files, Path file) throws IOException {
        String text;
        try (InputStream in = files.open(file)) {
            text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
        List<String> lines = text.lines().toList();
        return lines.isEmpty() || !lines.get(0).startsWith(FIRST)
                ? Optional.empty()
                : Optional.of(new Mark(lines.get(0).substring(FIRST.length()), lines.subList(1, lines.size())));
    }

    /** Why the existing output is not entirely the command's own; null if it is. */
    @Nullable
    String foreign(FileSystem files, FileStatus there) throws IOException {
        if (content.isEmpty()) {
            return null;
        }
        if (there.isFile()) {
            boolean same = content.get(0).startsWith("file %d ".formatted(there.getLen()))
                    && content.get(0).endsWith(" " + Sha256.of(files.open(there.getPath())));
            return same ? null : "it has been changed since";
        }
        List<String> names = new ArrayList<>();
        collect(files, there.getPath(), "", names);
        names.removeAll(new java.util.HashSet<>(content));
        return names.isEmpty() ? null : "it contains %s, which that command did not write".formatted(names.get(0));
    }

    private static void collect(FileSystem files, Path folder, String prefix, List<String> names) throws IOException {
        for (FileStatus entry : files.listStatus(folder)) {
            String name = prefix + entry.getPath().getName();
            if (entry.isDirectory()) {
                collect(files, entry.getPath(), name + "/", names);
            } else if (!name.equals(NAME)) {
                names.add(name.replaceAll("[\\r\\n]", "?"));
            }
        }
    }
}
