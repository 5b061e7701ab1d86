package io.solera.store.storage;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.jspecify.annotations.Nullable;

/**
 * A local disk that notes what is done to it below one folder, so that a test can do any beginning of that again, and
 * that can be full from one of these operations on. All disks of a JVM that a configuration makes of this class are
 * one.
 */
public final class RecordedDisk extends LocalDisk {
    private static final List<Step> STEPS = new ArrayList<>();
    private static java.nio.file.@Nullable Path root;
    private static int room = Integer.MAX_VALUE;
    private static boolean error;
    private static Pattern names = Pattern.compile(".*");

    /**
     * One operation.
     *
     * @param name of the file or folder, from the recorded folder
     * @param other the file that is renamed or linked
     * @param bytes what is written, after what was
     */
    public record Step(Kind kind, String name, String other, byte[] bytes) {
        /** Does it in another folder. */
        public void in(java.nio.file.Path folder) throws IOException {
            write(folder, bytes);
        }

        /** Writes the first half of the bytes. */
        public void tornIn(java.nio.file.Path folder) throws IOException {
            write(folder, Arrays.copyOf(bytes, bytes.length / 2));
        }

        /** Writes the rest. */
        public void restIn(java.nio.file.Path folder) throws IOException {
            write(folder, Arrays.copyOfRange(bytes, bytes.length / 2, bytes.length));
        }

        private void write(java.nio.file.Path folder, byte[] some) throws IOException {
            java.nio.file.Path file = folder.resolve(name);
            switch (kind) {
                case FOLDER -> Files.createDirectories(file);
                case CREATE -> {
                    Files.createDirectories(file.getParent());
                    Files.write(file, new byte[0]);
                }
                case WRITE -> Files.write(file, some, StandardOpenOption.APPEND);
                case LINK -> Files.createLink(file, folder.resolve(other));
                case RENAME -> Files.move(folder.resolve(other), file, StandardCopyOption.REPLACE_EXISTING);
                case DELETE -> Files.delete(file);
            }
        }

        @Override
        public String toString() {
            return kind + " " + name + (bytes.length > 0 ? " (" + bytes.length + " bytes)" : "");
        }
    }

    /** What an operation does. */
    public enum Kind {
        FOLDER,
        CREATE,
        WRITE,
        LINK,
        RENAME,
        DELETE
    }

    /** This disk without a folder that is recorded: it does not wait until bytes are on the disk. */
    public static Configuration unsynced() {
        Configuration configuration = new Configuration();
        use(configuration);
        return configuration;
    }

    /** Makes a configuration use this disk for {@code file:}, and notes what is done below a folder. */
    public static void record(Configuration configuration, java.nio.file.Path folder) {
        synchronized (STEPS) {
            STEPS.clear();
            root = folder;
            room = Integer.MAX_VALUE;
        }
        use(configuration);
    }

    private static void use(Configuration configuration) {
        configuration.setClass("fs.file.impl", RecordedDisk.class, FileSystem.class);
        configuration.setBoolean("fs.file.impl.disable.cache", true);
    }

    /** Notes no more, and fails no more. */
    public static void end(Configuration configuration) {
        synchronized (STEPS) {
            root = null;
            room = Integer.MAX_VALUE;
        }
        configuration.unset("fs.file.impl");
        configuration.unset("fs.file.impl.disable.cache");
    }

    /** What was done since recording began. */
    public static List<Step> steps() {
        synchronized (STEPS) {
            return List.copyOf(STEPS);
        }
    }

    /**
     * From now on the disk has room for so many more operations that need some, and is full then; deleting works.
     *
     * @param asError whether a write to the full disk throws Hadoop's error instead of an exception
     */
    public static void full(int operations, boolean asError) {
        full(operations, asError, ".*");
    }

    /** The same for files with names like these alone, from the recorded folder. */
    public static void full(int operations, boolean asError, String like) {
        synchronized (STEPS) {
            room = operations;
            error = asError;
            names = Pattern.compile(like);
        }
    }

    /** There is room again. */
    public static void roomy() {
        full(Integer.MAX_VALUE, false);
    }

    /** Whether an operation failed since then. */
    public static boolean isFull() {
        synchronized (STEPS) {
            return room < 0;
        }
    }

    @Override
    protected OutputStream createOutputStreamWithMode(Path path, boolean append, FsPermission permission)
            throws IOException {
        try {
            require(path);
        } catch (IOException e) { // as Java says it
            throw new FileNotFoundException("%s (%s)".formatted(path.toUri().getPath(), e.getMessage()));
        }
        OutputStream file = super.createOutputStreamWithMode(path, append, permission);
        if (!append) {
            note(Kind.CREATE, path, null, new byte[0]);
        }
        return noting(file, path);
    }

    @Override
    protected boolean mkOneDirWithMode(Path path, File folder, FsPermission permission) throws IOException {
        boolean made = super.mkOneDirWithMode(path, folder, permission);
        if (made) {
            note(Kind.FOLDER, path, null, new byte[0]);
        }
        return made;
    }

    @Override
    void link(Path name, Path file) throws IOException {
        require(name);
        super.link(name, file);
        note(Kind.LINK, name, file, new byte[0]);
    }

    @Override
    void replace(Path file, Path name) throws IOException {
        require(name);
        super.replace(file, name);
        note(Kind.RENAME, name, file, new byte[0]);
    }

    @Override
    OutputStream extend(Path name) throws IOException {
        return noting(super.extend(name), name);
    }

    /** One file after the other, so that each is an operation. */
    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        java.nio.file.Path folder = java.nio.file.Path.of(path.toUri().getPath());
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        List<java.nio.file.Path> all;
        try (Stream<java.nio.file.Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (java.nio.file.Path file : all) {
            super.delete(new Path(file.toUri()), false);
            note(Kind.DELETE, new Path(file.toUri()), null, new byte[0]);
        }
        return true;
    }

    private OutputStream noting(OutputStream file, Path path) {
        return new FilterOutputStream(file) {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] b, int offset, int length) throws IOException {
                try {
                    require(path);
                } catch (IOException e) {
                    out.write(b, offset, length / 2);
                    if (error) {
                        throw hadoopsError(e);
                    }
                    throw e;
                }
                out.write(b, offset, length);
                note(Kind.WRITE, path, null, Arrays.copyOfRange(b, offset, offset + length));
            }
        };
    }

    /** As Hadoop's local disk throws it; only its package may make one. */
    private static FSError hadoopsError(IOException why) {
        try {
            Constructor<FSError> made = FSError.class.getDeclaredConstructor(Throwable.class);
            made.setAccessible(true);
            return made.newInstance(why);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable String name(Path path) {
        java.nio.file.Path folder = root;
        java.nio.file.Path file = java.nio.file.Path.of(path.toUri().getPath());
        return folder != null && file.startsWith(folder)
                ? folder.relativize(file).toString()
                : null;
    }

    private static void require(Path path) throws IOException {
        synchronized (STEPS) {
            String name = name(path);
            if (name != null && room != Integer.MAX_VALUE && names.matcher(name).matches() && room-- <= 0) {
                room = -1;
                throw new IOException("No space left on device");
            }
        }
    }

    private static void note(Kind kind, Path path, @Nullable Path other, byte[] bytes) {
        synchronized (STEPS) {
            String name = name(path);
            if (name != null) {
                STEPS.add(new Step(kind, name, other == null ? "" : String.valueOf(name(other)), bytes));
            }
        }
    }
}
