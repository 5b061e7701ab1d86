package io.solera.store.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Local disks without Hadoop's checksum files, and without the {@code chmod} process that Hadoop starts for every new
 * file: the umask applies. What it deletes it deletes without following links.
 */
class LocalDisk extends RawLocalFileSystem {
    static LocalDisk of(URI uri, Configuration configuration) throws IOException {
        LocalDisk disk = new LocalDisk();
        disk.initialize(uri, configuration);
        return disk;
    }

    @Override
    public void setPermission(Path path, FsPermission permission) {
        // The umask has already set the permissions.
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        return Deletion.tree(local(path));
    }

    /**
     * Gives a file a second name.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is a file of that name
     */
    void link(Path name, Path file) throws IOException {
        Files.createLink(local(name), local(file));
    }

    /** Creates a file with the content of another, where a disk has no links. */
    void copy(Path name, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(local(name), StandardOpenOption.CREATE_NEW)) {
            Files.copy(local(file), out);
        }
    }

    /** Renames a file; it replaces one that has the name. */
    void replace(Path file, Path name) throws IOException {
        Files.move(local(file), local(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Opens a file at its end, unless it is a link. */
    OutputStream extend(Path name) throws IOException {
        return Files.newOutputStream(local(name), StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
    }

    private static java.nio.file.Path local(Path path) {
        return java.nio.file.Path.of(path.toUri().getPath());
    }
}
