package io.solera.store;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** Local disks that behave as other kinds of file system. */
public class LocalTwin extends RawLocalFileSystem {
    private static final String CONDITION = "fs.option.create.conditional.overwrite";

    private final String scheme;

    LocalTwin(String scheme) {
        this.scheme = scheme;
    }

    /** The class of a store that opens only with {@code fs.oss.secret} set to {@code word}. */
    public static String locked() {
        return Locked.class.getName();
    }

    public static Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.set("fs.o3fs.impl", Renaming.class.getName());
        configuration.set("fs.twin.impl", Conditional.class.getName());
        configuration.set("fs.gs.impl", Exclusive.class.getName());
        configuration.set("fs.s3a.impl", Older.class.getName());
        configuration.set("fs.count.impl", Counting.class.getName());
        return configuration;
    }

    @Override
    public URI getUri() {
        return URI.create(scheme + ":///");
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        return plain(super.getFileStatus(path));
    }

    @Override
    public boolean supportsSymlinks() {
        return false; // asking for one starts a process, too
    }

    @Override
    public FileStatus getFileLinkStatus(Path path) throws IOException {
        return getFileStatus(path);
    }

    @Override
    public void setPermission(Path path, FsPermission permission) {
        // a process for each file
    }

    @Override
    public FSDataInputStream open(Path path, int buffer) throws IOException {
        StoreFaults.read(path);
        return super.open(path, buffer);
    }

    @Override
    protected OutputStream createOutputStreamWithMode(Path path, boolean append, FsPermission permission)
            throws IOException {
        StoreFaults.create(path);
        OutputStream file = super.createOutputStreamWithMode(path, append, permission);
        return append ? file : StoreFaults.object(file);
    }

    @Override
    public synchronized boolean rename(Path from, Path to) throws IOException {
        return !StoreFaults.isNotRenamed() && super.rename(from, to);
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        StoreFaults.list(path);
        return Arrays.stream(super.listStatus(path)).map(LocalTwin::plain).toArray(FileStatus[]::new);
    }

    private static FileStatus plain(FileStatus status) {
        return new FileStatus(
                status.getLen(),
                status.isDirectory(),
                1,
                1,
                status.getModificationTime(),
                0,
                FsPermission.getDefault(),
                "",
                "",
                status.getPath());
    }

    /** Renaming never replaces, as on HDFS. */
    static final class Renaming extends LocalTwin {
        Renaming() {
            super("o3fs");
        }

        @Override
        public synchronized boolean rename(Path from, Path to) throws IOException {
            return !exists(to) && super.rename(from, to);
        }
    }

    /** A store whose {@code create} is conditional. */
    static final class Exclusive extends LocalTwin {
        Exclusive() {
            super("gs");
        }
    }

    /** A disk that counts what is asked of it, by the names of files and folders. */
    public static final class Counting extends LocalTwin {
        private static final Map<String, Integer> CALLS = new ConcurrentHashMap<>();

        Counting() {
            super("count");
        }

        /** What was asked since this was called last, such as {@code open manifest.json}. */
        public static Map<String, Integer> calls() {
            Map<String, Integer> calls = new TreeMap<>(CALLS);
            CALLS.clear();
            return calls;
        }

        private static void count(String call, Path path) {
            CALLS.merge(call + " " + path.getName(), 1, Integer::sum);
        }

        @Override
        public FSDataInputStream open(Path path, int buffer) throws IOException {
            count("open", path);
            return super.open(path, buffer);
        }

        @Override
        public FSDataOutputStream create(
                Path path, boolean overwrite, int buffer, short replication, long block, Progressable progress)
                throws IOException {
            count("create", path);
            return super.create(path, overwrite, buffer, replication, block, progress);
        }

        @Override
        public FSDataOutputStream append(Path path, int buffer, Progressable progress) throws IOException {
            count("append", path);
            return super.append(path, buffer, progress);
        }

        @Override
        public FileStatus[] listStatus(Path path) throws IOException {
            count("list", path);
            return super.listStatus(path);
        }
    }

    /** A store without conditions. */
    static final class Older extends LocalTwin {
        Older() {
            super("s3a");
        }
    }

    /** A store that opens only to who has its secret. */
    static final class Locked extends LocalTwin {
        Locked() {
            super("oss");
        }

        @Override
        public void initialize(URI name, Configuration configuration) throws IOException {
            if (!"word".equals(configuration.get("fs.oss.secret"))) {
                throw new IOException("403 Forbidden");
            }
            super.initialize(name, configuration);
        }
    }

    /** A store whose builder takes the condition: one writer wins. Renaming is refused. */
    static final class Conditional extends LocalTwin {
        Conditional() {
            super("twin");
        }

        @Override
        public boolean hasPathCapability(Path path, String capability) throws IOException {
            return capability.equals(CONDITION)
                    || (!capability.equals(CommonPathCapabilities.FS_APPEND)
                            && super.hasPathCapability(path, capability));
        }

        @Override
        public synchronized boolean rename(Path from, Path to) throws IOException {
            throw new IOException("An object store copies and deletes");
        }

        @Override
        @SuppressWarnings("rawtypes")
        public FSDataOutputStreamBuilder createFile(Path path) {
            return new Builder(this, path);
        }
    }

    private static final class Builder extends FSDataOutputStreamBuilder<FSDataOutputStream, Builder> {
        private final Conditional files;

        Builder(Conditional files, Path path) {
            super(files, path);
            this.files = files;
        }

        @Override
        public Builder getThisBuilder() {
            return this;
        }

        @Override
        public FSDataOutputStream build() throws IOException {
            if (!getMandatoryKeys().contains(CONDITION)) {
                throw new IOException("The condition is missing");
            }
            synchronized (Conditional.class) {
                if (files.exists(getPath())) {
                    throw new FileAlreadyExistsException("412 Precondition Failed");
                }
                return files.create(getPath(), true);
            }
        }
    }
}
