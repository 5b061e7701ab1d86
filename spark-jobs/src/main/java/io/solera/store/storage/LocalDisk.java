package io.solera.store.storage;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/** Local disks without Hadoop's checksum files, and without the {@code chmod} process that it starts for every new file: the umask holds. */
final class LocalDisk extends RawLocalFileSystem {
    static LocalDisk of(URI uri, Configuration configuration) throws IOException {
        LocalDisk disk = new LocalDisk();
        disk.initialize(uri, configuration);
        return disk;
    }

    @Override
    public void setPermission(Path path, FsPermission permission) {
        // The process's umask gave the file its permissions.
    }
}
